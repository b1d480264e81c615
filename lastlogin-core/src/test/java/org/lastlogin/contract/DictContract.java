package org.lastlogin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;

/**
 * What every {@link Dict} does. The dict serves the keys {@code shared/tree/$a/$b} (text), {@code
 * shared/pair/$k} (text first, other values may follow), {@code priv/quota/storage} and {@code
 * priv/quota/messages} (numbers of at least 64 bits, which may stand in one row).
 */
public abstract class DictContract extends DictIterationContract {
  @Test
  void findsWhatWasSet() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/pair/key", "first");
    set(ALICE, "priv/quota/storage", "1024");

    assertValue(NOBODY, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/pair/key", "first");
    assertValue(ALICE, "priv/quota/storage", "1024");
  }

  @Test
  void doesNotFindAKeyThatIsNotThere() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");

    assertMissing(NOBODY, "shared/tree/x/z");
    assertMissing(NOBODY, "shared/tree/z/y");
    assertMissing(NOBODY, "shared/pair/x");
    assertMissing(ALICE, "priv/quota/storage");
  }

  @Test
  void newValueReplacesTheOld() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/tree/x/y", "ripe");

    assertValue(NOBODY, "shared/tree/x/y", "ripe");
  }

  @Test
  void appliesAllOperationsOfATransaction() throws Exception {
    CommitResult result =
        commit(
            DictTransaction.builder(ALICE)
                .set("priv/quota/storage", "4096")
                .set("priv/quota/messages", "3")
                .set("shared/tree/x/y", "green")
                .set("shared/tree/x/z", "red"));

    assertThat(result).isEqualTo(CommitResult.COMMITTED);
    assertValue(ALICE, "priv/quota/storage", "4096");
    assertValue(ALICE, "priv/quota/messages", "3");
    assertValue(NOBODY, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/tree/x/z", "red");
  }

  @Test
  void laterOperationOfATransactionWins() throws Exception {
    commit(
        DictTransaction.builder(NOBODY)
            .set("shared/tree/x/y", "green")
            .set("shared/tree/a/b", "other")
            .set("shared/tree/x/y", "ripe"));

    assertValue(NOBODY, "shared/tree/x/y", "ripe");
  }

  @Test
  void emptyTransactionChangesNothing() throws Exception {
    assertThat(commit(DictTransaction.builder(NOBODY))).isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    set(NOBODY, "shared/tree/x/y", "");

    assertValue(NOBODY, "shared/tree/x/y", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\tb",
        "line\nline\r\nline",
        "\u0001 0x01 \u00011\u0001n",
        "it's \"quoted\" `so`",
        "back\\slash \\n \\' \\\\",
        "%_ LIKE, ?, :name, $1, ${x}, {d '2026-01-01'}",
        "'; DROP TABLE tree; --",
        "Grüße, привет, 日本語, ✉",
        "beyond the basic plane: 📬",
        " spaces around "
      })
  void keepsAnyTextAsItIs(String text) throws Exception {
    set(NOBODY, "shared/tree/value/v", text);
    assertValue(NOBODY, "shared/tree/value/v", text);

    set(NOBODY, "shared/tree/" + text.replace('/', '-') + "/k", "under an awkward key");
    assertValue(NOBODY, "shared/tree/" + text.replace('/', '-') + "/k", "under an awkward key");
  }

  @Test
  void lastVariableTakesSlashesToo() throws Exception {
    set(NOBODY, "shared/tree/x/y/z", "deep");

    assertValue(NOBODY, "shared/tree/x/y/z", "deep");
    assertMissing(NOBODY, "shared/tree/x/y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tree/x/y", "share/tree/x/y", "shared", "private/x", "/shared/tree/"})
  void rejectsAKeyOfNoScope(String key) {
    assertFails(() -> await(dict.lookup(key, ALICE)));
    assertFails(() -> commit(DictTransaction.builder(ALICE).set(key, "x")));
    assertFails(() -> rows(DictIteration.below(key, ALICE)));
  }

  @Test
  void failureNamesTheKey() {
    assertThatThrownBy(() -> await(dict.lookup("nowhere/x", ALICE)))
        .cause()
        .hasMessageContaining("nowhere/x");
  }

  @Test
  void rejectsAPrivateKeyWithoutAUser() {
    assertFails(() -> await(dict.lookup("priv/quota/storage", NOBODY)));
    assertFails(() -> commit(DictTransaction.builder(NOBODY).set("priv/quota/storage", "1")));
  }

  @Test
  void failedTransactionLeavesNothingBehind() throws Exception {
    assertFails(
        () ->
            commit(DictTransaction.builder(NOBODY).set("shared/tree/x/y", "1").set("no/key", "2")));
    assertFails(
        () ->
            commit(DictTransaction.builder(NOBODY).set("no/key", "2").set("shared/tree/x/y", "1")));

    assertMissing(NOBODY, "shared/tree/x/y");
  }

  @Test
  void privateKeysOfUsersAreApart() throws Exception {
    set(ALICE, "priv/quota/storage", "1");
    assertMissing(BOB, "priv/quota/storage");

    set(BOB, "priv/quota/storage", "2");
    assertValue(ALICE, "priv/quota/storage", "1");
    assertValue(BOB, "priv/quota/storage", "2");
  }

  @Test
  void sharedKeysAreTheSameForAll() throws Exception {
    set(ALICE, "shared/tree/x/y", "green");

    assertValue(BOB, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/tree/x/y", "green");
  }

  @Test
  void unsetRemovesAKeyAndNoOther() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/tree/x/z", "red");

    assertThat(commit(DictTransaction.builder(NOBODY).unset("shared/tree/x/y")))
        .isEqualTo(CommitResult.COMMITTED);

    assertMissing(NOBODY, "shared/tree/x/y");
    assertValue(NOBODY, "shared/tree/x/z", "red");
  }

  @Test
  void unsetOfAMissingKeyDoesNothing() throws Exception {
    assertThat(commit(DictTransaction.builder(NOBODY).unset("shared/tree/x/y")))
        .isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void incrementAddsAndSubtracts() throws Exception {
    set(ALICE, "priv/quota/storage", "5000000000");
    commit(DictTransaction.builder(ALICE).increment("priv/quota/storage", 5));
    assertValue(ALICE, "priv/quota/storage", "5000000005");

    commit(
        DictTransaction.builder(ALICE)
            .increment("priv/quota/storage", -6)
            .increment("priv/quota/storage", 1));
    assertValue(ALICE, "priv/quota/storage", "5000000000");
  }

  @Test
  void incrementOfAMissingKeySaysSoAndAppliesNothing() throws Exception {
    CommitResult result =
        commit(
            DictTransaction.builder(ALICE)
                .set("shared/tree/x/y", "green")
                .increment("priv/quota/storage", 1));

    assertThat(result).isEqualTo(CommitResult.NOT_FOUND);
    assertMissing(ALICE, "priv/quota/storage");
    assertMissing(NOBODY, "shared/tree/x/y");
  }

  @Test
  void refusesEverythingOnceClosed() {
    dict.close();
    dict.close();

    assertFails(() -> await(dict.lookup("shared/tree/x/y", NOBODY)));
    assertFails(() -> commit(DictTransaction.builder(NOBODY).set("shared/tree/x/y", "1")));
    assertFails(() -> rows(DictIteration.below("shared/tree/x/", NOBODY)));
  }
}

package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

class LastLoginDictTest {
  private static final String KEY = "shared/last-login/imap/alice@example.com/example.com";
  private static final DictContext NOBODY = DictContext.NO_USER;

  private final LastLoginStore store = new InMemoryLastLoginStore();
  private final LastLoginDict dict = LastLoginDict.create(store, Runnable::run);

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private CommitResult set(String key, String value) {
    return join(dict.commit(DictTransaction.builder(NOBODY).set(key, value).build()));
  }

  private List<DictRow> rows(String path, Flag... flags) {
    List<DictRow> rows = new ArrayList<>();
    join(dict.iterate(DictIteration.below(path, NOBODY, flags), RowConsumer.of(rows::add)));
    return rows;
  }

  @Test
  void recordsWhatIsSet() {
    assertThat(set(KEY, "1767225600")).isEqualTo(CommitResult.COMMITTED);

    assertThat(store.find("alice@example.com"))
        .hasValueSatisfying(
            login -> {
              assertThat(login.domain()).isEqualTo("example.com");
              assertThat(login.at("imap")).contains(Instant.parse("2026-01-01T00:00:00Z"));
            });
  }

  @Test
  void looksUpWhatTheStoreHas() {
    store.record(LoginEvent.of("imap", "alice@example.com", Instant.ofEpochSecond(17)));

    assertThat(join(dict.lookup(KEY, NOBODY))).isEqualTo(LookupResult.found("17"));
    assertThat(join(dict.lookup(KEY + ".org", NOBODY))).isEqualTo(LookupResult.notFound());
    assertThat(join(dict.lookup(KEY.replace("imap", "pop3"), NOBODY)))
        .isEqualTo(LookupResult.notFound());
    assertThat(join(dict.lookup(KEY.replace("alice", "bob"), NOBODY)))
        .isEqualTo(LookupResult.notFound());
  }

  @Test
  void keepsTheLaterTime() {
    set(KEY, "20");
    set(KEY, "10");

    assertThat(join(dict.lookup(KEY, NOBODY))).isEqualTo(LookupResult.found("20"));
  }

  @Test
  void countsTimeInItsPrecision() {
    LastLoginStore exact =
        new InMemoryLastLoginStore(ServiceFields.DEFAULT, Precision.MILLISECONDS);
    LastLoginDict millis =
        LastLoginDict.create(exact, ServiceFields.DEFAULT, Precision.MILLISECONDS, Runnable::run);
    join(millis.commit(DictTransaction.builder(NOBODY).set(KEY, "1500").build()));

    assertThat(exact.find("alice@example.com").flatMap(login -> login.at("imap")))
        .contains(Instant.ofEpochMilli(1500));
    assertThat(join(millis.lookup(KEY, NOBODY))).isEqualTo(LookupResult.found("1500"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shared/last-login/imap/alice@example.com",
        "shared/last-login/imap//example.com",
        "shared/last-login/telepathy/alice@example.com/example.com",
        "shared/quota/storage",
        "priv/last-login/imap/alice@example.com/example.com",
        "last-login/imap/alice@example.com/example.com"
      })
  void rejectsOtherKeys(String key) {
    assertThatThrownBy(() -> set(key, "1"))
        .cause()
        .isInstanceOf(DictException.class)
        .hasMessageContaining(key);
    assertThatThrownBy(() -> join(dict.lookup(key, NOBODY)))
        .hasCauseInstanceOf(DictException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1.5", "9223372036854775808", "9223372036854775807"})
  void rejectsWhatIsNoTime(String value) {
    assertThatThrownBy(() -> set(KEY, value))
        .cause()
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            invalid -> {
              assertThat(invalid.key()).isEqualTo(KEY);
              assertThat(invalid.value()).isEqualTo(value);
            });
  }

  @Test
  void recordsAllOfATransactionOrNothing() {
    DictTransaction transaction =
        DictTransaction.builder(NOBODY).set(KEY, "1").set("shared/other", "2").build();

    assertThatThrownBy(() -> join(dict.commit(transaction)))
        .isInstanceOf(CompletionException.class);
    assertThat(store.find("alice@example.com")).isEmpty();
  }

  @Test
  void canOnlySet() {
    assertThatThrownBy(() -> join(dict.commit(DictTransaction.builder(NOBODY).unset(KEY).build())))
        .cause()
        .isInstanceOf(DictException.class)
        .hasMessageContaining(KEY);
  }

  @Test
  void iteratesAMailbox() {
    set(KEY, "17");
    DictRow row = new DictRow(KEY, List.of("17"));

    assertThat(rows("shared/last-login/imap/alice@example.com/")).containsExactly(row);
    assertThat(rows(KEY, Flag.EXACT_KEY)).containsExactly(row);
    assertThat(rows(KEY, Flag.EXACT_KEY, Flag.NO_VALUES))
        .containsExactly(new DictRow(KEY, List.of()));
    assertThat(rows("shared/last-login/pop3/alice@example.com/")).isEmpty();
    assertThatThrownBy(() -> rows("shared/last-login/")).hasCauseInstanceOf(DictException.class);
  }

  @Test
  void failsByTheStageIfTheStoreHasOtherServices() {
    ServiceFields others = ServiceFields.builder().login("sieve", "sieve").build();
    LastLoginDict wider = LastLoginDict.create(store, others, Precision.SECONDS, Runnable::run);
    DictTransaction transaction =
        DictTransaction.builder(NOBODY).set(KEY.replace("imap", "sieve"), "1").build();

    assertThatThrownBy(() -> join(wider.commit(transaction)))
        .hasCauseInstanceOf(DictException.class);
  }

  @Test
  void failsByTheStageIfTheExecutorRefuses() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("full");
        };

    assertThatThrownBy(() -> join(LastLoginDict.create(store, refusing).lookup(KEY, NOBODY)))
        .hasCauseInstanceOf(DictException.class);
  }

  @Test
  void refusesEverythingOnceClosed() {
    dict.close();
    dict.close();

    assertThatThrownBy(() -> set(KEY, "1")).hasCauseInstanceOf(DictException.class);
    assertThatThrownBy(() -> join(dict.lookup(KEY, NOBODY)))
        .hasCauseInstanceOf(DictException.class);
  }
}

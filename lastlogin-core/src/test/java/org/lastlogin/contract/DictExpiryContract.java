package org.lastlogin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;

/**
 * What a {@link Dict} whose keys expire does, beside what every dict does. All keys of {@link
 * DictContract} may expire; those of {@code priv/quota/} may do so together.
 */
public abstract class DictExpiryContract extends DictContract {
  private static final String KEY = "shared/tree/x/y";
  private static final String QUOTA = "priv/quota/storage";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** A dict without a single key in it, whose keys expire by this clock. */
  protected abstract Dict newDict(InstantSource clock) throws Exception;

  @Override
  protected final Dict newDict() throws Exception {
    return newDict(() -> now);
  }

  private void wait(Duration time) {
    now = now.plus(time);
  }

  private void setForAMinute(DictContext context, String key, String value) throws Exception {
    assertThat(commit(DictTransaction.builder(context).expiry(MINUTE).set(key, value)))
        .isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void aKeyIsThereUntilItExpires() throws Exception {
    setForAMinute(NOBODY, KEY, "green");
    setForAMinute(ALICE, QUOTA, "1");

    wait(MINUTE.minusSeconds(1));
    assertValue(NOBODY, KEY, "green");
    assertValue(ALICE, QUOTA, "1");

    wait(Duration.ofSeconds(1));
    assertMissing(NOBODY, KEY);
    assertMissing(ALICE, QUOTA);
  }

  @Test
  void aKeyThatIsSetWithoutExpiryStays() throws Exception {
    set(NOBODY, KEY, "green");
    setForAMinute(NOBODY, "shared/pair/k", "old");
    set(NOBODY, "shared/pair/k", "new");

    wait(Duration.ofDays(1000));
    assertValue(NOBODY, KEY, "green");
    assertValue(NOBODY, "shared/pair/k", "new");
  }

  @Test
  void theLastSetSaysWhenAKeyExpires() throws Exception {
    set(NOBODY, KEY, "green");
    setForAMinute(NOBODY, KEY, "ripe");
    wait(MINUTE.dividedBy(2));
    setForAMinute(NOBODY, KEY, "rotten");

    wait(MINUTE.minusSeconds(1));
    assertValue(NOBODY, KEY, "rotten");
    wait(Duration.ofSeconds(1));
    assertMissing(NOBODY, KEY);
  }

  @Test
  void anExpiredKeyThatIsSetAgainIsThereAgain() throws Exception {
    setForAMinute(NOBODY, KEY, "green");
    wait(MINUTE);
    setForAMinute(NOBODY, KEY, "ripe");
    assertValue(NOBODY, KEY, "ripe");

    wait(MINUTE);
    set(NOBODY, KEY, "for ever");
    assertValue(NOBODY, KEY, "for ever");
  }

  @Test
  void incrementOfAnExpiredKeySaysThatItIsMissing() throws Exception {
    setForAMinute(ALICE, QUOTA, "1");
    assertThat(commit(DictTransaction.builder(ALICE).increment(QUOTA, 1)))
        .isEqualTo(CommitResult.COMMITTED);
    wait(MINUTE);

    assertThat(commit(DictTransaction.builder(ALICE).set(KEY, "x").increment(QUOTA, 1)))
        .isEqualTo(CommitResult.NOT_FOUND);
    assertMissing(ALICE, QUOTA);
    assertMissing(NOBODY, KEY);
  }

  @Test
  void incrementsDoNotProlongTheLifeOfAKey() throws Exception {
    setForAMinute(ALICE, QUOTA, "1");
    wait(MINUTE.minusSeconds(1));
    commit(DictTransaction.builder(ALICE).expiry(MINUTE).increment(QUOTA, 1));
    assertValue(ALICE, QUOTA, "2");

    wait(Duration.ofSeconds(1));
    assertMissing(ALICE, QUOTA);
  }

  @Test
  void anExpiredKeyThatIsSetAndIncrementedCountsFromItsNewValue() throws Exception {
    setForAMinute(ALICE, QUOTA, "100");
    wait(MINUTE);

    assertThat(commit(DictTransaction.builder(ALICE).set(QUOTA, "1").increment(QUOTA, 1)))
        .isEqualTo(CommitResult.COMMITTED);
    assertValue(ALICE, QUOTA, "2");
  }

  @Test
  void anExpiredKeyCanBeUnset() throws Exception {
    setForAMinute(NOBODY, KEY, "green");
    wait(MINUTE);

    assertThat(commit(DictTransaction.builder(NOBODY).unset(KEY)))
        .isEqualTo(CommitResult.COMMITTED);
    assertMissing(NOBODY, KEY);
  }

  @Test
  void iterationsHaveNoExpiredKeys() throws Exception {
    setForAMinute(NOBODY, "shared/tree/x/a", "1");
    set(NOBODY, "shared/tree/x/b", "2");
    setForAMinute(NOBODY, "shared/tree/x/c/d", "3");
    setForAMinute(ALICE, QUOTA, "4");
    assertThat(rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.RECURSE))).hasSize(3);
    assertThat(rows(DictIteration.below(QUOTA, ALICE, Flag.EXACT_KEY))).hasSize(1);
    wait(MINUTE);

    DictRow left = new DictRow("shared/tree/x/b", List.of("2"));
    assertThat(rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.RECURSE)))
        .containsExactly(left);
    assertThat(rows(DictIteration.below("shared/tree/x/a", NOBODY, Flag.EXACT_KEY))).isEmpty();
    assertThat(rows(DictIteration.below(QUOTA, ALICE, Flag.EXACT_KEY))).isEmpty();
    assertThat(rows(new DictIteration("shared/tree/x/", Set.of(Flag.SORT_BY_KEY), 1, NOBODY)))
        .as("expired keys do not count for the limit")
        .containsExactly(left);
  }
}

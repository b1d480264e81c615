package org.lastlogin.dict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.lastlogin.contract.DictExpiryContract;

class InMemoryDictTest extends DictExpiryContract {
  private final Dict dict = new InMemoryDict();

  @Override
  protected Dict newDict(InstantSource clock) {
    return new InMemoryDict(clock);
  }

  @Test
  void appendsToAValue() throws Exception {
    await(dict.commit(DictTransaction.builder(NOBODY).set("shared/tree/x/y", "a").build()));
    await(
        dict.commit(DictTransaction.of(NOBODY, new DictOperation.Append("shared/tree/x/y", "bc"))));

    assertThat(await(dict.lookup("shared/tree/x/y", NOBODY))).isEqualTo(LookupResult.found("abc"));
  }

  @Test
  void keyThatWasUnsetInTheSameTransactionIsMissing() throws Exception {
    await(dict.commit(DictTransaction.builder(NOBODY).set("shared/n", "1").build()));
    DictTransaction transaction =
        DictTransaction.builder(NOBODY).unset("shared/n").increment("shared/n", 1).build();

    assertThat(await(dict.commit(transaction))).isEqualTo(CommitResult.NOT_FOUND);
    assertThat(await(dict.lookup("shared/n", NOBODY))).isEqualTo(LookupResult.found("1"));
  }

  @Test
  void expiryMayBeLongerThanTimeItself() throws Exception {
    await(
        dict.commit(
            DictTransaction.builder(NOBODY)
                .expiry(Duration.ofSeconds(Long.MAX_VALUE))
                .set("shared/n", "1")
                .build()));

    assertThat(await(dict.lookup("shared/n", NOBODY))).isEqualTo(LookupResult.found("1"));
  }

  @Test
  void incrementsOnlyNumbers() throws Exception {
    await(dict.commit(DictTransaction.builder(NOBODY).set("shared/n", "one").build()));

    assertThatThrownBy(
            () ->
                await(
                    dict.commit(DictTransaction.builder(NOBODY).increment("shared/n", 1).build())))
        .hasCauseInstanceOf(DictException.class)
        .cause()
        .hasMessageContaining("shared/n");
  }
}

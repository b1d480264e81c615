package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;

/** What the tests of a client ask for, and what they expect to become of it. */
final class DictCalls {
  /** How long a test waits for what should come at once. */
  static final Duration SOON = Duration.ofSeconds(30);

  private DictCalls() {}

  /** A transaction that gives one key a value. */
  static DictTransaction set(String key, String value) {
    return DictTransaction.builder(DictContext.NO_USER).set(key, value).build();
  }

  /** Waits until a call fails, and looks whether its failure says something. */
  static void assertFails(CompletionStage<?> call, String text) {
    assertThat(call.toCompletableFuture())
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(DictException.class)
        .withMessageContaining(text);
  }
}

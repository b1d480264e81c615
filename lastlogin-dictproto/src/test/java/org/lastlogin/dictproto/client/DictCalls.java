package org.lastlogin.dictproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;

/** Calls and expectations of the client's tests. */
final class DictCalls {
  /** How long a test waits for an immediate result. */
  static final Duration SOON = Duration.ofSeconds(30);

  private DictCalls() {}

  /** Returns a transaction that sets one key. */
  static DictTransaction set(String key, String value) {
    return DictTransaction.builder(DictContext.NO_USER).set(key, value).build();
  }

  /** Waits until a call fails, and requires that its message contains a text. */
  static void assertFails(CompletionStage<?> call, String text) {
    assertThat(call.toCompletableFuture())
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(DictException.class)
        .withMessageContaining(text);
  }
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lastlogin.dictproto.DictReply.Outcome;

class DictReplyTest {
  private static final Timing TIMING =
      Timing.of(Instant.ofEpochSecond(1, 999), Instant.ofEpochSecond(2, 3_999));

  @Test
  void aFailureIsWhatTheKindOfTheCommandWants() {
    assertThat(failure(new DictCommand.Lookup("shared/a", "")))
        .isEqualTo(new DictReply.Failed(5, "why", TIMING));
    assertThat(failure(new DictCommand.Iterate(Set.of(), 0, List.of("shared/"), "")))
        .isEqualTo(new DictReply.Failed(5, "why", TIMING));
    assertThat(failure(new TransactionCommand.Commit(7)))
        .isEqualTo(new DictReply.Committed(5, 7, false, Outcome.FAILED, "why", TIMING));
    assertThat(failure(new TransactionCommand.CommitAsync(7)))
        .isEqualTo(new DictReply.Committed(5, 7, true, Outcome.FAILED, "why", TIMING));
    assertThatThrownBy(() -> failure(new TransactionCommand.Rollback(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROLLBACK is not answered");
  }

  @Test
  void timesAreWholeMicroseconds() {
    assertThat(TIMING).isEqualTo(new Timing(1_000_000, 2_000_003));
  }

  private static DictReply failure(DictCommand command) {
    return DictReply.failure(5, command, "why", TIMING);
  }
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lastlogin.dictproto.DictReply.CommitOutcome;

class DictReplyTest {
  private static final ReplyTimes REPLY_TIMES =
      ReplyTimes.of(Instant.ofEpochSecond(1, 999), Instant.ofEpochSecond(2, 3_999));

  @Test
  void aFailureIsWhatTheKindOfTheCommandWants() {
    assertThat(failure(new DictCommand.Lookup("shared/a", "")))
        .isEqualTo(new DictReply.Failed(5, "why", REPLY_TIMES));
    assertThat(failure(new DictCommand.Iterate(Set.of(), 0, List.of("shared/"), "")))
        .isEqualTo(new DictReply.Failed(5, "why", REPLY_TIMES));
    assertThat(failure(new TransactionCommand.Commit(7)))
        .isEqualTo(new DictReply.Committed(5, 7, false, CommitOutcome.FAILED, "why", REPLY_TIMES));
    assertThat(failure(new TransactionCommand.CommitAsync(7)))
        .isEqualTo(new DictReply.Committed(5, 7, true, CommitOutcome.FAILED, "why", REPLY_TIMES));
    assertThatThrownBy(() -> failure(new TransactionCommand.Rollback(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROLLBACK is not answered");
  }

  @Test
  void timesAreWholeMicroseconds() {
    assertThat(REPLY_TIMES).isEqualTo(new ReplyTimes(1_000_000, 2_000_003));
  }

  private static DictReply failure(DictCommand command) {
    return DictReply.failure(5, command, "why", REPLY_TIMES);
  }
}

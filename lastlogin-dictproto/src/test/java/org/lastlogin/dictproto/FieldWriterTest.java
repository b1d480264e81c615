package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Letters and numbers are written without asking for room: there is enough where a line begins and
 * after every text, however full the buffer was before.
 */
class FieldWriterTest {
  private static final long LARGEST = FieldReader.MAX_UINT32;
  private static final long LATEST = ReplyTimes.MAX_SECOND * 1_000_000 + 999_999;
  private static final int FILLINGS = 3 * FieldWriter.ROOM;

  @Test
  void hasRoomForTheLongestReplyHoweverFullItIs() {
    ReplyTimes latest = new ReplyTimes(LATEST, LATEST);
    DictReply.CommitOutcome failed = DictReply.CommitOutcome.FAILED;
    for (int filling = 0; filling < FILLINGS; filling++) {
      String text = "x".repeat(filling);
      DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
      encoder.encode(new DictReply.Row(1, text, List.of()));
      encoder.encode(new DictReply.Committed(LARGEST, LARGEST, true, failed, text, latest));
      encoder.encode(new DictReply.Committed(LARGEST, LARGEST, true, failed, "", latest));

      String times = "\t9223372036853\t999999".repeat(2) + "\n";
      String commit = "+4294967295\tAF4294967295\t";
      assertThat(text(encoder))
          .isEqualTo("+1\tO" + text + "\t\n" + commit + text + times + commit + times);
    }
  }

  @Test
  void hasRoomForTheLongestCommandHoweverFullItIs() {
    for (int filling = 0; filling < FILLINGS; filling++) {
      String text = "x".repeat(filling);
      DictCommandEncoder encoder = DictCommandEncoder.create(DictVersion.V4_0, DictLimits.DEFAULT);
      encoder.encode(new DictCommand.Hello(LARGEST, LARGEST, LARGEST, text, text));
      encoder.encode(new TransactionCommand.Begin(LARGEST, text, LARGEST));
      encoder.encode(new TransactionCommand.Timestamp(LARGEST, Long.MAX_VALUE, 999_999_999));
      encoder.encode(new TransactionCommand.Increment(LARGEST, text, Long.MIN_VALUE));

      assertThat(StandardCharsets.US_ASCII.decode(encoder.drain()).toString())
          .isEqualTo(
              """
              H4294967295\t4294967295\t4294967295\t%1$s\t%1$s
              B4294967295\t%1$s\t4294967295
              T4294967295\t9223372036854775807\t999999999
              A4294967295\t%1$s\t-9223372036854775808
              """
                  .formatted(text));
    }
  }

  @Test
  void hasRoomAfterALineThatWasTakenBack() {
    for (int filling = 0; filling < FILLINGS; filling++) {
      String half = "x".repeat(filling) + "\ud800";
      DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
      encoder.encode(new DictReply.Accepted(1));
      assertThatThrownBy(() -> encoder.encode(new DictReply.Row(1, half, List.of())))
          .isInstanceOf(IllegalArgumentException.class);
      encoder.encode(new DictReply.NotFound(LARGEST, new ReplyTimes(LATEST, LATEST)));

      assertThat(text(encoder)).startsWith("*1\n+4294967295\tN\t").hasLineCount(2);
    }
  }

  private static String text(DictReplyEncoder encoder) {
    return StandardCharsets.US_ASCII.decode(encoder.drain()).toString();
  }
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dictproto.DictReply.CommitOutcome;

class DictReplyEncoderTest {
  private static final ReplyTimes REPLY_TIMES =
      new ReplyTimes(1795330764_327705L, 1795330765_000042L);
  private static final String TIMES = "\t1795330764\t327705\t1795330765\t42";

  static Stream<Arguments> replies() {
    DictReply two = new DictReply.Found(1, List.of("one\t", ""), REPLY_TIMES);
    DictReply row = new DictReply.Row(1, "shared/a\nb", List.of("x", ""));
    DictReply uncertain =
        new DictReply.Committed(9, 1, true, CommitOutcome.UNCERTAIN, "lost", REPLY_TIMES);
    return Stream.of(
        arguments(DictVersion.V4_0, new DictReply.Accepted(1), "*1"),
        arguments(DictVersion.V2_0, new DictReply.Accepted(1), null),
        arguments(
            DictVersion.V4_0,
            new DictReply.Found(12, List.of("17"), REPLY_TIMES),
            "+12\tO17" + TIMES),
        arguments(DictVersion.V2_0, new DictReply.Found(12, List.of("17"), REPLY_TIMES), "O17"),
        arguments(DictVersion.V4_0, two, "+1\tMone\u00011t\u0001t" + TIMES),
        arguments(DictVersion.V2_2, two, "+1\tMone\u00011t\u0001t" + TIMES),
        arguments(DictVersion.V2_1, two, "+1\tOone\u0001t" + TIMES),
        arguments(DictVersion.V3_2, new DictReply.NotFound(1, REPLY_TIMES), "+1\tN" + TIMES),
        arguments(DictVersion.V2_0, new DictReply.NotFound(1, REPLY_TIMES), "N"),
        arguments(
            DictVersion.V3_2,
            new DictReply.Failed(1, "bad\nkey ä", REPLY_TIMES),
            "+1\tFbad\u0001nkey ä" + TIMES),
        arguments(DictVersion.V2_0, new DictReply.Failed(1, "bad\nkey", REPLY_TIMES), "F"),
        arguments(DictVersion.V3_2, row, "+1\tOshared/a\u0001nb\tx\t"),
        arguments(DictVersion.V2_2, row, "+1\tOshared/a\u0001nb\tx"),
        arguments(DictVersion.V2_0, row, "Oshared/a\u0001nb\tx"),
        arguments(DictVersion.V3_2, new DictReply.Row(1, "shared/a", List.of()), "+1\tOshared/a\t"),
        arguments(DictVersion.V3_2, new DictReply.EndOfRows(1, REPLY_TIMES), "+1\t" + TIMES),
        arguments(DictVersion.V2_0, new DictReply.EndOfRows(1, REPLY_TIMES), ""),
        arguments(
            DictVersion.V3_2,
            new DictReply.Committed(1, 7, false, CommitOutcome.COMMITTED, "", REPLY_TIMES),
            "+1\tO7" + TIMES),
        arguments(
            DictVersion.V2_0,
            new DictReply.Committed(1, 7, false, CommitOutcome.COMMITTED, "", REPLY_TIMES),
            "O7"),
        arguments(
            DictVersion.V3_2,
            new DictReply.Committed(1, 7, false, CommitOutcome.NOT_FOUND, "", REPLY_TIMES),
            "+1\tN7" + TIMES),
        arguments(
            DictVersion.V3_2,
            new DictReply.Committed(1, 7, false, CommitOutcome.FAILED, "no\tway", REPLY_TIMES),
            "+1\tF7\tno\u0001tway" + TIMES),
        arguments(DictVersion.V3_2, uncertain, "+9\tAW1\tlost" + TIMES),
        arguments(DictVersion.V2_0, uncertain, "AF1"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void encodesWhatTheVersionCanExpress(DictVersion version, DictReply reply, String line) {
    DictReplyEncoder encoder = DictReplyEncoder.create(version);
    encoder.encode(reply);

    assertThat(drain(encoder)).isEqualTo(line == null ? "" : line + "\n");
  }

  static Stream<Arguments> impossibleReplies() {
    return Stream.of(
        arguments(
            DictVersion.V4_0,
            new DictReply.Found(1, List.of("a", "b\ud83d"), REPLY_TIMES),
            "The text has half of a surrogate pair, at index 1, which is not Unicode text"),
        arguments(
            DictVersion.V2_0,
            new DictReply.Found(1, List.of("a\0"), REPLY_TIMES),
            "Version 2.0 cannot express NUL in a text"),
        arguments(
            DictVersion.V4_0,
            new DictReply.NotFound(1L << 32, REPLY_TIMES),
            "The async id is not a number from 0 to 4294967295: 4294967296"),
        arguments(
            DictVersion.V4_0,
            new DictReply.Committed(1, -1, false, CommitOutcome.COMMITTED, "", REPLY_TIMES),
            "The transaction id is not a number from 0 to 4294967295: -1"));
  }

  @ParameterizedTest
  @MethodSource("impossibleReplies")
  void refusesWhatTheClientWouldMisread(DictVersion version, DictReply reply, String message) {
    DictReplyEncoder encoder = DictReplyEncoder.create(version);
    encoder.encode(new DictReply.Row(1, "shared/a", List.of()));

    assertThatThrownBy(() -> encoder.encode(reply))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(drain(encoder)).as("what was encoded before").endsWith("Oshared/a\t\n");
  }

  @Test
  void refusesWhatIsTooMuchForAClient() {
    DictLimits limits = DictLimits.builder().replyBytes(20).fields(7).build();
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V4_0, limits);
    assertThatThrownBy(() -> encoder.encode(new DictReply.Row(1, "x".repeat(16), List.of("y"))))
        .hasMessage("A reply of 22 bytes is too long: a client reads up to 20");
    List<String> six = Collections.nCopies(6, "");
    assertThatThrownBy(() -> encoder.encode(new DictReply.Row(1, "k", six)))
        .hasMessage("A row of 8 fields is too much: a client reads up to 7");
    assertThatThrownBy(() -> encoder.encode(new DictReply.Row(1, "k", List.of("x".repeat(21)))))
        .hasMessage("A text of 21 characters is too long for a line, which has up to 20 bytes");
    encoder.encode(new DictReply.Row(1, "x".repeat(14), List.of("y")));
    assertThat(drain(encoder)).hasSize(21);
  }

  @Test
  @SuppressWarnings("NullAway")
  void leavesNothingOfALineThatWentWrong() {
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
    assertThatThrownBy(() -> encoder.encode(null)).isInstanceOf(NullPointerException.class);
    encoder.encode(new DictReply.Accepted(1));
    assertThat(drain(encoder)).isEqualTo("*1\n");
  }

  @Test
  void leavesACarriageReturnAsItIsForAClientThatDoesNotKnowItsEscape() {
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V2_0);
    encoder.encode(new DictReply.Found(1, List.of("a\rb"), REPLY_TIMES));
    assertThat(drain(encoder)).isEqualTo("Oa\rb\n");
  }

  @Test
  void keepsNothingOfALargeReply() {
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V4_0);
    String large = "\u0001ü\t".repeat(100_000);
    encoder.encode(new DictReply.Row(1, large, List.of(large)));
    assertThat(drain(encoder)).hasSize(2 * 100_000 * 5 + "+1\tO\t\n".length());

    encoder.encode(new DictReply.Accepted(2));
    assertThat(drain(encoder)).isEqualTo("*2\n");
  }

  private static String drain(DictReplyEncoder encoder) {
    return StandardCharsets.UTF_8.decode(encoder.drain()).toString();
  }
}

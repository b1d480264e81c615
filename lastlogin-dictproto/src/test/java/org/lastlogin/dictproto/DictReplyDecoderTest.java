package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dictproto.DictReply.CommitOutcome;

class DictReplyDecoderTest {
  private static final ReplyTimes REPLY_TIMES =
      new ReplyTimes(1795330764_327705L, 1795330765_000042L);
  private static final String TIMES = "\t1795330764\t327705\t1795330765\t42";

  private static final DictCommand LOOKUP = new DictCommand.Lookup("shared/a", "");
  private static final DictCommand ITERATE = iterate();
  private static final DictCommand COMMIT = new TransactionCommand.Commit(7);
  private static final DictCommand COMMIT_ASYNC = new TransactionCommand.CommitAsync(7);

  static Stream<Arguments> replies() {
    return Stream.of(
        arguments(
            LOOKUP, "3.2", "Oa b" + TIMES, new DictReply.Found(1, List.of("a b"), REPLY_TIMES)),
        arguments(LOOKUP, "3.2", "O" + TIMES, new DictReply.Found(1, List.of(""), REPLY_TIMES)),
        arguments(
            LOOKUP,
            "4.0",
            "Mone\u00011t\u0001t\u0001t\u00011q" + TIMES,
            new DictReply.Found(1, List.of("one\t", "", "q"), REPLY_TIMES)),
        arguments(LOOKUP, "3.2", "N" + TIMES, new DictReply.NotFound(1, REPLY_TIMES)),
        arguments(
            LOOKUP,
            "2.1",
            "Fbad\u0001nkey" + TIMES,
            new DictReply.Failed(1, "bad\nkey", REPLY_TIMES)),
        arguments(
            LOOKUP, "2.0", "O\u0001tx", new DictReply.Found(1, List.of("\tx"), ReplyTimes.UNKNOWN)),
        arguments(LOOKUP, "2.0", "N", new DictReply.NotFound(1, ReplyTimes.UNKNOWN)),
        arguments(LOOKUP, "2.0", "F", new DictReply.Failed(1, "", ReplyTimes.UNKNOWN)),
        arguments(ITERATE, "3.2", "Oshared/a\tx", new DictReply.Row(1, "shared/a", List.of("x"))),
        arguments(
            ITERATE,
            "3.2",
            "Oshared/ä\tone\t",
            new DictReply.Row(1, "shared/ä", List.of("one", ""))),
        arguments(
            iterate(Flag.NO_VALUES),
            "3.2",
            "Oshared/a\t",
            new DictReply.Row(1, "shared/a", List.of())),
        arguments(ITERATE, "3.2", TIMES, new DictReply.EndOfRows(1, REPLY_TIMES)),
        arguments(ITERATE, "2.0", "", new DictReply.EndOfRows(1, ReplyTimes.UNKNOWN)),
        arguments(ITERATE, "3.2", "Fno" + TIMES, new DictReply.Failed(1, "no", REPLY_TIMES)),
        arguments(
            COMMIT,
            "3.2",
            "O7" + TIMES,
            new DictReply.Committed(1, 7, false, CommitOutcome.COMMITTED, "", REPLY_TIMES)),
        arguments(
            COMMIT,
            "3.2",
            "N7" + TIMES,
            new DictReply.Committed(1, 7, false, CommitOutcome.NOT_FOUND, "", REPLY_TIMES)),
        arguments(
            COMMIT,
            "3.2",
            "F7\twhy" + TIMES,
            new DictReply.Committed(1, 7, false, CommitOutcome.FAILED, "why", REPLY_TIMES)),
        arguments(
            COMMIT_ASYNC,
            "2.2",
            "AW7\tlost" + TIMES,
            new DictReply.Committed(1, 7, true, CommitOutcome.UNCERTAIN, "lost", REPLY_TIMES)),
        arguments(
            COMMIT,
            "2.0",
            "F7",
            new DictReply.Committed(1, 7, false, CommitOutcome.FAILED, "", ReplyTimes.UNKNOWN)));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void decodesEveryReply(DictCommand asked, String version, String body, DictReply expected) {
    DictConversation talk = talk(version, asked);
    boolean numbered = talk.version().has(Capability.ASYNC_REPLIES);
    List<DictReply> decoded = decodeAll(talk, numbered ? "*1\n+1\t" + body + "\n" : body + "\n");

    assertThat(decoded).endsWith(expected).hasSize(numbered ? 2 : 1);
  }

  @Test
  void decodesWhatTheServersEncoderMakesHoweverTheBytesAreCut() {
    List<DictReply> sent =
        List.of(
            new DictReply.Accepted(1),
            new DictReply.Accepted(2),
            new DictReply.Accepted(3),
            new DictReply.Row(2, "shared/ä\n", List.of("\0\r😀")),
            new DictReply.Committed(3, 7, false, CommitOutcome.FAILED, "\u0001", REPLY_TIMES),
            new DictReply.Found(1, List.of("a\u0001\t", "b"), REPLY_TIMES),
            new DictReply.EndOfRows(2, REPLY_TIMES));
    DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
    sent.forEach(encoder::encode);
    byte[] bytes = new byte[encoder.pendingBytes()];
    encoder.drain().get(bytes);

    for (int size = 1; size <= bytes.length; size++) {
      DictConversation talk = talk("3.2", LOOKUP, ITERATE, COMMIT);
      DictReplyDecoder decoder = DictReplyDecoder.create(talk);
      List<DictReply> decoded = new ArrayList<>();
      for (int at = 0; at < bytes.length; at += size) {
        decoder.feed(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length)));
        drain(decoder, decoded);
      }
      assertThat(decoded).as("cut every %d bytes", size).isEqualTo(sent);
      assertThat(talk.pending()).isZero();
    }
  }

  static Stream<Arguments> brokenLines() {
    return Stream.of(
        arguments(LOOKUP, "O1\n", "Reply: the type is unknown: O"),
        arguments(LOOKUP, "\n", "Reply: the type is unknown: "),
        arguments(LOOKUP, "*x\n", "Reply: the async id is not a number from 0 to 4294967295: x"),
        arguments(
            LOOKUP,
            "*2\n",
            "The command 2 is accepted, which is not the next one that waits for it"),
        arguments(
            LOOKUP,
            "+1\tN" + TIMES + "\n",
            "A reply is for the command 1, which was not accepted" + " yet"),
        arguments(LOOKUP, "*1\n+1\n", "Reply to LOOKUP: the type is missing"),
        arguments(LOOKUP, "*1\n+1\tO7\n", "Reply to LOOKUP: the start seconds is missing"),
        arguments(
            LOOKUP,
            "*1\n+1\tO7\t1\t2\t3\t1000000\n",
            "Reply to LOOKUP: the end microseconds is not a number from 0 to 999999: 1000000"),
        arguments(LOOKUP, "*1\n+1\tX" + TIMES + "\n", "Reply to LOOKUP: the type is unknown: X"),
        arguments(
            LOOKUP,
            "*1\n+1\tNx" + TIMES + "\n",
            "Reply to LOOKUP: the type is followed by something: x"),
        arguments(
            LOOKUP,
            "*1\n+1\tO7" + TIMES + "\tmore\n",
            "Reply to LOOKUP has a field too many: more"),
        arguments(
            LOOKUP,
            "*1\n+1\tMa\u00011" + TIMES + "\n",
            "Reply to LOOKUP: the list of values ends within an escape sequence"),
        arguments(
            LOOKUP,
            "*1\n+1\tN" + TIMES + "\n+1\tN" + TIMES + "\n",
            "A reply is for the command 1, which waits for none"),
        arguments(COMMIT, "*1\n+1\tM7" + TIMES + "\n", "Reply to COMMIT: the type is unknown: M"),
        arguments(COMMIT, "*1\n+1\tO8" + TIMES + "\n", "A COMMIT cannot have this reply"),
        arguments(COMMIT, "*1\n+1\tAO7" + TIMES + "\n", "A COMMIT cannot have this reply"),
        arguments(ITERATE, "*1\n+1\tN" + TIMES + "\n", "Reply to ITERATE: the type is unknown: N"),
        arguments(ITERATE, "*1\n+1\tOshared/a\n", "Reply to ITERATE: the value is missing"));
  }

  @ParameterizedTest
  @MethodSource("brokenLines")
  void namesWhatIsWrongAndStaysBroken(DictCommand asked, String input, String message) {
    DictReplyDecoder decoder = DictReplyDecoder.create(talk("3.2", asked));
    decoder.feed(input.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> drain(decoder, new ArrayList<>()))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage(message);
    decoder.feed("*1\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(decoder::next).isInstanceOf(DictProtocolException.class).hasMessage(message);
  }

  static Stream<Arguments> linesOfLaterVersions() {
    return Stream.of(
        arguments(
            "2.0", LOOKUP, "Fwhy\n", "Reply to LOOKUP: the type is followed by something: why"),
        arguments("2.0", LOOKUP, "Ma\n", "Reply to LOOKUP: the type is unknown: M"),
        arguments("2.0", COMMIT, "W7\n", "Reply to COMMIT: the type is unknown: W"),
        arguments("2.0", ITERATE, "Oa\tb\tc\n", "Reply to ITERATE has a field too many: c"),
        arguments("2.1", LOOKUP, "*1\n+1\tMa\n", "Reply to LOOKUP: the type is unknown: M"),
        arguments(
            "2.2", ITERATE, "*1\n+1\tOa\tb\tc\n", "Reply to ITERATE has a field too many: c"));
  }

  @ParameterizedTest
  @MethodSource("linesOfLaterVersions")
  void refusesWhatTheVersionDoesNotHave(
      String version, DictCommand asked, String input, String message) {
    assertThatThrownBy(() -> decodeAll(talk(version, asked), input))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage(message);
  }

  @Test
  void refusesALineThatNeverEnds() {
    DictLimits limits = DictLimits.builder().replyBytes(10).build();
    DictConversation talk = DictConversation.ofClient(limits);
    talk.command(new DictCommand.Hello(3, 2, 0, "", "d"));
    talk.command(LOOKUP);
    DictReplyDecoder decoder = DictReplyDecoder.create(talk);
    decoder.feed("+123456789".getBytes(StandardCharsets.UTF_8));
    assertThat(decoder.next()).isNull();
    decoder.feed("x".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(decoder::next).hasMessage("A line is longer than 10 bytes");
  }

  private static DictCommand iterate(Flag... flags) {
    return new DictCommand.Iterate(Set.of(flags), 0, List.of("shared/"), "");
  }

  /** A client's conversation in which something was asked. */
  private static DictConversation talk(String version, DictCommand... asked) {
    DictConversation talk = DictConversation.ofClient(DictLimits.DEFAULT);
    String[] numbers = version.split("\\.", -1);
    talk.command(
        new DictCommand.Hello(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), 0, "", "d"));
    for (DictCommand command : asked) {
      if (command instanceof TransactionCommand commit) {
        talk.command(new TransactionCommand.Begin(commit.transaction(), "", 0));
      }
      talk.command(command);
    }
    return talk;
  }

  private static List<DictReply> decodeAll(DictConversation talk, String input) {
    DictReplyDecoder decoder = DictReplyDecoder.create(talk);
    decoder.feed(input.getBytes(StandardCharsets.UTF_8));
    List<DictReply> replies = new ArrayList<>();
    drain(decoder, replies);
    return replies;
  }

  private static void drain(DictReplyDecoder decoder, List<DictReply> replies) {
    DictReply reply;
    while ((reply = decoder.next()) != null) {
      replies.add(reply);
    }
  }
}

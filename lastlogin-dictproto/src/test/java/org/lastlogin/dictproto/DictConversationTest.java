package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dictproto.DictReply.CommitOutcome;

class DictConversationTest {
  private static final DictCommand HELLO = new DictCommand.Hello(3, 2, 0, "", "d");
  private static final DictCommand OLD_HELLO = new DictCommand.Hello(2, 0, 0, "", "d");
  private static final DictCommand LOOKUP = new DictCommand.Lookup("shared/a", "");
  private static final DictCommand BEGIN = new TransactionCommand.Begin(7, "", 0);
  private static final DictCommand COMMIT = new TransactionCommand.Commit(7);
  private static final DictReply NOT_FOUND = new DictReply.NotFound(1, ReplyTimes.UNKNOWN);

  /** Messages in order, the last of which is not allowed, and why. */
  static Stream<Arguments> broken() {
    return Map.<List<Object>, String>of(
            List.of(LOOKUP), "The first command is 'L', not HELLO",
            List.of(HELLO, HELLO), "HELLO came twice",
            List.of(HELLO, COMMIT), "COMMIT: there is no open transaction with the id 7",
            List.of(HELLO, BEGIN, BEGIN), "BEGIN: the transaction id 7 is in use",
            List.of(HELLO, BEGIN, COMMIT, COMMIT),
                "COMMIT: there is no open transaction with the id 7",
            List.of(HELLO, BEGIN, new TransactionCommand.Append(7, "a", "b")),
                "There is no command 'P' in version 3.2",
            List.of(HELLO, NOT_FOUND), "A reply is for the command 1, which waits for none",
            List.of(HELLO, LOOKUP, NOT_FOUND),
                "A reply is for the command 1, which was not accepted yet",
            List.of(OLD_HELLO, LOOKUP, LOOKUP, new DictReply.NotFound(2, ReplyTimes.UNKNOWN)),
                "A reply comes before that of an earlier command",
            List.of(HELLO, LOOKUP, new DictReply.Accepted(1), new DictReply.Row(1, "k", List.of())),
                "A LOOKUP cannot have this reply")
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void holdsBothSidesToTheSameRules(List<Object> said, String why) {
    boolean byClient = said.get(said.size() - 1) instanceof DictCommand;
    assertThatThrownBy(() -> said.forEach(saying(DictConversation.ofClient(DictLimits.DEFAULT))))
        .isInstanceOf(byClient ? IllegalStateException.class : DictProtocolException.class)
        .hasMessage(why);
    assertThatThrownBy(() -> said.forEach(saying(DictConversation.ofServer(DictLimits.DEFAULT))))
        .isInstanceOf(byClient ? DictProtocolException.class : IllegalStateException.class)
        .hasMessage(why);
  }

  @Test
  void countsWhatWaitsForItsAnswer() {
    DictConversation talk =
        DictConversation.ofClient(DictLimits.builder().pendingCommands(2).build());
    assertThat(talk.command(HELLO)).isZero();
    assertThat(talk.version()).isEqualTo(DictVersion.V3_2);
    assertThat(talk.command(BEGIN)).isZero();
    assertThat(talk.command(LOOKUP)).isEqualTo(1);
    assertThat(talk.command(new DictCommand.Iterate(Set.of(), 0, List.of("shared/"), "")))
        .isEqualTo(2);
    assertThat(talk.hasRoom()).isFalse();
    assertThatThrownBy(() -> talk.command(COMMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 commands wait for their answer already");

    talk.reply(new DictReply.Accepted(1));
    talk.reply(new DictReply.Accepted(2));
    talk.reply(new DictReply.Row(2, "shared/a", List.of("x")));
    talk.reply(new DictReply.EndOfRows(2, ReplyTimes.UNKNOWN));
    assertThat(talk.pending()).isEqualTo(1);
    assertThat(talk.command(COMMIT)).as("the transaction is open still").isEqualTo(3);
    talk.reply(NOT_FOUND);
    talk.reply(new DictReply.Accepted(3));
    talk.reply(
        new DictReply.Committed(3, 7, false, CommitOutcome.COMMITTED, "", ReplyTimes.UNKNOWN));
    assertThat(talk.pending()).isZero();
  }

  @Test
  void notesWhatTheCodecOfAServerReadsAndWrites() {
    DictConversation talk = DictConversation.ofServer(DictLimits.DEFAULT);
    DictCommandDecoder decoder = DictCommandDecoder.create(talk);
    DictReplyEncoder encoder = DictReplyEncoder.create(talk);
    assertThat(encoder.drain().remaining()).isZero();
    assertThatThrownBy(() -> encoder.encode(NOT_FOUND))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A reply comes before HELLO");

    decoder.feed("H3\t2\t0\t\td\nLshared/a\t\nC7\n".getBytes(StandardCharsets.UTF_8));
    assertThat(decoder.next()).isEqualTo(HELLO);
    assertThat(decoder.next()).isEqualTo(LOOKUP);
    assertThat(talk.lastAsked()).isEqualTo(1);
    assertThatThrownBy(decoder::next)
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("COMMIT: there is no open transaction with the id 7");

    assertThatThrownBy(() -> encoder.encode(NOT_FOUND)).isInstanceOf(IllegalStateException.class);
    encoder.encode(new DictReply.Accepted(1));
    encoder.encode(NOT_FOUND);
    assertThat(talk.pending()).isZero();
    assertThat(StandardCharsets.UTF_8.decode(encoder.drain()).toString())
        .isEqualTo("*1\n+1\tN\t0\t0\t0\t0\n");
  }

  @Test
  void keepsAnAttachmentForEachTransaction() {
    DictConversation talk = DictConversation.ofServer(DictLimits.DEFAULT);
    assertThatThrownBy(talk::attachment).isInstanceOf(IllegalStateException.class);
    talk.command(HELLO);
    talk.command(BEGIN);
    talk.attach("seven");
    talk.command(new TransactionCommand.Begin(8, "", 0));
    assertThat(talk.attachment()).isNull();
    talk.command(LOOKUP);
    talk.command(COMMIT);
    assertThat(talk.attachment()).isEqualTo("seven");
    talk.command(BEGIN);
    assertThat(talk.attachment()).isNull();
  }

  private static Consumer<Object> saying(DictConversation talk) {
    return message -> {
      if (message instanceof DictCommand command) {
        talk.command(command);
      } else {
        talk.reply((DictReply) message);
      }
    };
  }
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decodes any bytes at all as replies to any commands: they are replies or a {@link
 * DictProtocolException}, the same ones however they are cut, and what was decoded can be encoded.
 * The commands that were asked come first, ended by a byte 0xFF, which is not in any text. In a
 * normal run these are some bytes that were recorded, and what the fuzzer once found; with {@code
 * JAZZER_FUZZ=1} in the environment, Jazzer makes up more.
 */
class DictReplyDecoderFuzzTest {
  private static final int MARK = 0xFF;
  private static final String TIMES = "\t1\t2\t3\t4\n";

  /** Low enough that the fuzzer reaches them. */
  private static final DictLimits LOW = DictLimits.builder().replyBytes(120).fields(10).build();

  static Stream<byte[]> seeds() throws IOException {
    List<String> asked = FuzzInput.recorded('C');
    List<String> answered = FuzzInput.recorded('S');
    return Stream.concat(
            IntStream.range(0, asked.size())
                .mapToObj(i -> asked.get(i) + (char) MARK + answered.get(i)),
            Stream.of(
                "H2\t2\t0\t\td\nB7\nD7\nI8\t0\tshared/\n\u00ff*1\n*2\n+1\tAW7\tlost"
                    + TIMES
                    + "+2\tOshared/a\t\n+2\t"
                    + TIMES,
                "H2\t1\t0\t\td\nLshared/a\nI0\t0\tshared/\n\u00ff*1\n*2\n+2\tFno"
                    + TIMES
                    + "+1\tOa\u00011\u0001t\u0001r"
                    + TIMES))
        .map(FuzzInput::seed);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreRepliesOrAProtocolException(byte[] data) {
    FuzzInput input = FuzzInput.of(data);
    List<DictCommand> asked = asked(input.bytes());
    List<Outcome> outcomes =
        input.after(MARK).allWays().stream().map(pieces -> decode(asked, pieces, LOW)).toList();

    assertThat(outcomes).containsOnly(outcomes.get(0));
    assertEncodes(asked, outcomes.get(0).replies());
  }

  /** The commands that a client may send, up to the first that it may not. */
  private static List<DictCommand> asked(byte[] bytes) {
    DictConversation talk = DictConversation.ofServer(DictLimits.DEFAULT);
    DictCommandDecoder decoder = DictCommandDecoder.create(talk);
    List<DictCommand> asked = new ArrayList<>();
    decoder.feed(bytes);
    try {
      for (DictCommand command; talk.hasRoom() && (command = decoder.next()) != null; ) {
        asked.add(command);
      }
    } catch (DictProtocolException e) {
      // The others count.
    }
    return asked;
  }

  private static Outcome decode(List<DictCommand> asked, List<byte[]> pieces, DictLimits limits) {
    DictConversation talk = DictConversation.ofClient(limits);
    asked.forEach(talk::command);
    DictReplyDecoder decoder = DictReplyDecoder.create(talk);
    List<DictReply> replies = new ArrayList<>();
    String failure = null;
    try {
      for (byte[] piece : pieces) {
        decoder.feed(piece);
        for (DictReply reply; (reply = decoder.next()) != null; ) {
          replies.add(reply);
        }
      }
    } catch (DictProtocolException e) {
      failure = e.getMessage();
    }
    return new Outcome(replies, failure, talk.pending());
  }

  private static void assertEncodes(List<DictCommand> asked, List<DictReply> replies) {
    if (replies.isEmpty()) {
      return;
    }
    DictConversation talk = DictConversation.ofServer(DictLimits.DEFAULT);
    asked.forEach(talk::command);
    DictReplyEncoder encoder = DictReplyEncoder.create(talk);
    try {
      replies.forEach(encoder::encode);
    } catch (IllegalArgumentException e) {
      // No peer of this version sends it, but a fuzzer does.
      assertThat(e).hasMessage("Version 2.0 cannot express NUL in a text");
      return;
    }
    byte[] bytes = new byte[encoder.pendingBytes()];
    encoder.drain().get(bytes);
    assertThat(decode(asked, List.of(bytes), DictLimits.DEFAULT))
        .isEqualTo(new Outcome(replies, null, talk.pending()));
  }

  /** What was decoded, why no more was, and how many commands still wait. */
  private record Outcome(List<DictReply> replies, @Nullable String failure, int pending) {}
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.DictIteration.Flag;

/**
 * Input of all sorts of shapes costs no more than in proportion to its size, whole and byte by
 * byte. What is counted is the memory that is taken, all in all; it would be the square of the size
 * if anything were copied again and again. Work that takes no memory shows in the time-out: were it
 * the square of the size, it would take hours.
 */
@Tag("slow")
class DecoderLoadTest {
  private static final int MIB = 1 << 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** What one byte may cost: {@code C1} and LF make a command of 24 bytes, for instance. */
  private static final int BYTES_PER_BYTE = 64;

  private static final int BYTES_AT_ALL = 256 * 1024;

  private static final DictLimits WIDE =
      DictLimits.builder().lineBytes(16 * MIB).replyBytes(16 * MIB).fields(16 * MIB).build();

  private static final String HELLO = "H2\t2\t0\t\td\n";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> commands() {
    return Stream.of(
        shape("a line without end", size -> HELLO + "L" + "a".repeat(size)),
        shape("a long key", size -> HELLO + "L" + "a".repeat(size) + "\n"),
        shape("TABs", size -> HELLO + "L" + "\t".repeat(size)),
        shape("many paths", size -> HELLO + "I0\t0" + "\t".repeat(size) + "\n"),
        shape("escapes", size -> HELLO + "L" + "\u0001t".repeat(size / 2) + "\n"),
        shape("other text than ASCII", size -> HELLO + "L" + "ä".repeat(size / 2) + "\n"),
        shape("replacement characters", size -> HELLO + "L" + "\uFFFD".repeat(size / 3) + "\n"),
        shape("a number", size -> HELLO + "C" + "9".repeat(size) + "\n"),
        shape("zeros", size -> HELLO + "C" + "0".repeat(size) + "\n"),
        shape("a difference", size -> HELLO + "A1\tk\t" + "9".repeat(size) + "\n"),
        shape("fields too many", size -> HELLO + "C1\t" + "x\t".repeat(size / 2) + "\n"),
        shape("BEGINs", size -> HELLO + "B1\n".repeat(size / 3)),
        shape("COMMITs", size -> HELLO + "C1\n".repeat(size / 3)),
        shape("sets", size -> HELLO + "S1\tk\tv\n".repeat(size / 7)),
        shape("empty lines", size -> HELLO + "\n".repeat(size)),
        shape("no HELLO", size -> "x".repeat(size)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void commandsCostInProportion(String shape, IntFunction<String> input) {
    assertInProportion(input, WIDE, DecoderLoadTest::decodeCommands);
    assertInProportion(input, DictLimits.DEFAULT, DecoderLoadTest::decodeCommands);
  }

  static Stream<Arguments> replies() {
    return Stream.of(
        shape("a line without end", size -> "*1\n+1\tOk\t" + "a".repeat(size)),
        shape("a long value", size -> "*1\n+1\tOk\t" + "a".repeat(size) + "\n"),
        shape("many values", size -> "*1\n+1\tOk" + "\t".repeat(size) + "\n"),
        shape("rows", size -> "*1\n" + "+1\tOk\tv\n".repeat(size / 8)),
        shape("a list", size -> "*1\n*2\n+2\tM" + "\u0001t".repeat(size / 2) + "\t1\t2\t3\t4\n"),
        shape(
            "a list of escapes",
            size -> "*1\n*2\n+2\tM" + "\u00011t".repeat(size / 3) + "\t1\t2\t3\t4\n"),
        shape("an error", size -> "*1\n+1\tF" + "\u0001n".repeat(size / 2) + "\t1\t2\t3\t4\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replies")
  void repliesCostInProportion(String shape, IntFunction<String> input) {
    assertInProportion(input, WIDE, DecoderLoadTest::decodeReplies);
    assertInProportion(input, DictLimits.DEFAULT, DecoderLoadTest::decodeReplies);
  }

  private static Arguments shape(String name, IntFunction<String> input) {
    return arguments(name, input);
  }

  private static void assertInProportion(
      IntFunction<String> input, DictLimits limits, Decoding decoding) {
    Assertions.assertTimeoutPreemptively(
        TIMEOUT,
        () -> {
          for (int size : new int[] {MIB, 4 * MIB}) {
            byte[] bytes = input.apply(size).getBytes(StandardCharsets.UTF_8);
            for (int piece : new int[] {bytes.length, 1, 4093}) {
              ByteBuffer buffer = ByteBuffer.wrap(bytes);
              long before = THREADS.getCurrentThreadAllocatedBytes();
              decoding.decode(limits, feed -> feedInPieces(buffer, piece, feed));
              long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
              assertThat(taken)
                  .as("%d bytes, %d at a time", size, piece)
                  .isLessThan((long) BYTES_PER_BYTE * size + BYTES_AT_ALL);
            }
          }
        });
  }

  /** Feeds bytes until they are found to be wrong. */
  private static void feedInPieces(ByteBuffer bytes, int piece, Consumer<ByteBuffer> feed) {
    int end = bytes.limit(bytes.capacity()).rewind().limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + piece));
        feed.accept(bytes);
      }
    } catch (DictProtocolException e) {
      // That is an end, too.
    }
  }

  private static void decodeCommands(DictLimits limits, Consumer<Consumer<ByteBuffer>> bytes) {
    DictCommandDecoder decoder = DictCommandDecoder.create(limits);
    bytes.accept(
        buffer -> {
          decoder.feed(buffer);
          drain(decoder::next);
        });
  }

  private static void decodeReplies(DictLimits limits, Consumer<Consumer<ByteBuffer>> bytes) {
    DictConversation talk = DictConversation.ofClient(limits);
    for (DictCommand asked :
        List.of(
            new DictCommand.Hello(3, 2, 0, "", "d"),
            new DictCommand.Iterate(Set.of(Flag.RECURSE), 0, List.of("shared/"), ""),
            new DictCommand.Lookup("shared/a", ""))) {
      var unused = talk.command(asked);
    }
    DictReplyDecoder decoder = DictReplyDecoder.create(talk);
    bytes.accept(
        buffer -> {
          decoder.feed(buffer);
          drain(decoder::next);
        });
  }

  private static void drain(Supplier<@Nullable Object> next) {
    Object message;
    do {
      message = next.get();
    } while (message != null);
  }

  /** Decodes bytes that are fed to it. */
  private interface Decoding {
    void decode(DictLimits limits, Consumer<Consumer<ByteBuffer>> bytes);
  }
}

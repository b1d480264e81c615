package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The buffer looks at eight bytes together; here it is compared with one that looks at them one by
 * one, where that could make a difference.
 */
class LineBufferTest {
  private static final int NO_LIMIT = 1 << 20;

  /** More than two words, wherever the line begins. */
  private static final int OFFSETS = 21;

  /** One more and one less than LF, and LF with the highest bit, are most like it. */
  private static final List<String> MARKS = List.of("\n", "\n\n", "\t", "\u000b", "\u008a");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9})
  void findsEveryLineFeedAtEveryOffset(int linesBefore) {
    String before = "x\n".repeat(linesBefore);
    for (String mark : MARKS) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        assertSameAsNaive(before + "a".repeat(offset) + mark + "b\tc\n", NO_LIMIT);
      }
    }
  }

  @Test
  void findsTwoLineFeedsAtEveryDistance() {
    for (String first : MARKS) {
      for (String second : MARKS) {
        for (int distance = 0; distance < OFFSETS; distance++) {
          assertSameAsNaive(
              "aaa" + first + "a".repeat(distance) + second + "aaaaaaaaaa\n", NO_LIMIT);
        }
      }
    }
  }

  @Test
  void hitsTheLimitOfLengthWhereverItIs() {
    for (int limit = 1; limit <= OFFSETS; limit++) {
      for (int length = 0; length <= 2 * OFFSETS; length++) {
        assertSameAsNaive("ok\n" + "a".repeat(length) + "\n", limit);
      }
    }
  }

  @Test
  void doesSoWithAnyBytesUnderAnyLimit() {
    Random random = new Random(4);
    String alphabet = "abc\t\n\n\u000b\u0000\u008a";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder input = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        input.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertSameAsNaive(input.toString(), 1 + random.nextInt(30));
    }
  }

  @Test
  void doesNotTakeBytesOfAnEarlierLineForThoseOfTheNext() {
    LineBuffer buffer = new LineBuffer(NO_LIMIT);
    buffer.feed(ByteBuffer.wrap(bytes("aaaa\n")));
    assertThat(buffer.nextLine()).isTrue();
    assertThat(buffer.nextLine()).isFalse();

    buffer.feed(ByteBuffer.wrap(bytes("bb")));

    assertThat(buffer.nextLine()).isFalse();
  }

  @Test
  void cutsOneLargeFeedIntoItsLines() {
    int lines = 100_000;
    StringBuilder input = new StringBuilder();
    IntStream.range(0, lines).forEach(i -> input.append("line\t").append(i).append('\n'));
    LineBuffer buffer = new LineBuffer(NO_LIMIT);
    buffer.feed(ByteBuffer.wrap(bytes(input.append("rest").toString())));

    for (int i = 0; i < lines; i++) {
      assertThat(buffer.nextLine()).isTrue();
      assertThat(line(buffer)).isEqualTo("line\t" + i);
    }
    assertThat(buffer.nextLine()).isFalse();
  }

  @Test
  void keepsNoLargeArrayAfterALongLine() {
    LineBuffer buffer = new LineBuffer(NO_LIMIT);
    buffer.feed(ByteBuffer.wrap(bytes("a\t".repeat(100_000) + "\n")));
    assertThat(buffer.nextLine()).isTrue();
    assertThat(buffer.bytes().length).isGreaterThan(200_000);

    assertThat(buffer.nextLine()).isFalse();

    assertThat(buffer.bytes().length).isLessThan(1024);
  }

  @Test
  void keepsNoBytesOfLinesThatAreRead() {
    LineBuffer buffer = new LineBuffer(NO_LIMIT);
    byte[] lineAndAHalf = bytes("b".repeat(50) + "\n" + "a".repeat(50));
    for (int i = 0; i < 100_000; i++) {
      buffer.feed(lineAndAHalf, 0, lineAndAHalf.length);
      assertThat(buffer.nextLine()).isTrue();
      assertThat(buffer.nextLine()).isFalse();
    }
    assertThat(buffer.bytes().length).isLessThan(1024);
  }

  private static void assertSameAsNaive(String input, int maxBytes) {
    List<String> expected = naive(input, maxBytes);
    for (int size : new int[] {Math.max(1, input.length()), 1, 3, 8, 11}) {
      assertThat(read(bytes(input), size, maxBytes))
          .as("%s cut every %d bytes", input, size)
          .isEqualTo(expected);
    }
  }

  private static List<String> read(byte[] input, int size, int maxBytes) {
    LineBuffer buffer = new LineBuffer(maxBytes);
    List<String> lines = new ArrayList<>();
    try {
      for (int at = 0; at < input.length; at += size) {
        buffer.feed(input, at, Math.min(size, input.length - at));
        while (buffer.nextLine()) {
          lines.add(line(buffer));
        }
      }
    } catch (DictProtocolException e) {
      lines.add(e.getMessage());
    }
    return lines;
  }

  private static String line(LineBuffer buffer) {
    int length = buffer.lineEnd() - buffer.lineStart();
    return new String(buffer.bytes(), buffer.lineStart(), length, StandardCharsets.ISO_8859_1);
  }

  private static List<String> naive(String input, int maxBytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < input.length(); at++) {
      if (input.charAt(at) == '\n') {
        lines.add(input.substring(start, at));
        start = at + 1;
      } else if (at - start == maxBytes) {
        lines.add("A line is longer than " + maxBytes + " bytes");
        return lines;
      }
    }
    return lines;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

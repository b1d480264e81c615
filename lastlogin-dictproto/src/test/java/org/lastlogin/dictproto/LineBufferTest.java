package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final List<String> MARKS = List.of("\t", "\u0001t", "ä", "\n", "\t\t", "\u007f");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9})
  void findsEveryMarkAtEveryOffset(int linesBefore) {
    String before = "x\n".repeat(linesBefore);
    for (String mark : MARKS) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        String input = before + "a".repeat(offset) + mark + "b\tc\n";
        assertSameAsNaive(bytes(input), NO_LIMIT, NO_LIMIT);
      }
    }
  }

  @Test
  void findsTwoMarksAtEveryDistance() {
    for (String first : MARKS) {
      for (String second : MARKS) {
        for (int distance = 0; distance < OFFSETS; distance++) {
          String input = "aaa" + first + "a".repeat(distance) + second + "aaaaaaaaaa\n";
          assertSameAsNaive(bytes(input), NO_LIMIT, NO_LIMIT);
        }
      }
    }
  }

  @Test
  void hitsTheLimitsOfLengthAndFieldsWhereverTheyAre() {
    for (int limit = 1; limit <= OFFSETS; limit++) {
      for (int length = 0; length <= 2 * OFFSETS; length++) {
        byte[] plain = bytes("ok\n" + "a".repeat(length) + "\n");
        byte[] fields = bytes("ok\n" + "\t".repeat(length) + "\n");
        assertSameAsNaive(plain, limit, NO_LIMIT);
        assertSameAsNaive(fields, NO_LIMIT, limit);
        // Which of the two limits is hit first, must not depend on how the bytes are cut either.
        assertSameAsNaive(fields, limit, OFFSETS / 2);
      }
    }
  }

  @Test
  void doesSoWithAnyBytesUnderAnyLimits() {
    Random random = new Random(4);
    byte[] alphabet = {
      'a', 'b', 'c', ' ', '\t', '\t', '\n', 0x01, 0x00, '\r', 0x7F, -1, (byte) 0xC3
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] input = new byte[random.nextInt(60)];
      for (int i = 0; i < input.length; i++) {
        input[i] = alphabet[random.nextInt(alphabet.length)];
      }
      assertSameAsNaive(input, 1 + random.nextInt(30), 1 + random.nextInt(6));
    }
  }

  @Test
  void cutsOneLargeFeedIntoItsLines() {
    int lines = 100_000;
    StringBuilder input = new StringBuilder();
    IntStream.range(0, lines).forEach(i -> input.append("line\t").append(i).append('\n'));
    LineBuffer buffer = new LineBuffer(NO_LIMIT, NO_LIMIT);
    buffer.feed(ByteBuffer.wrap(bytes(input.append("rest").toString())));

    for (int i = 0; i < lines; i++) {
      assertThat(buffer.nextLine()).isTrue();
      assertThat(line(buffer)).isEqualTo("line:0 " + i + ":0");
    }
    assertThat(buffer.nextLine()).isFalse();
  }

  @Test
  void keepsNoLargeArrayAfterALongLine() {
    LineBuffer buffer = new LineBuffer(NO_LIMIT, NO_LIMIT);
    buffer.feed(ByteBuffer.wrap(bytes("a\t".repeat(100_000) + "\n")));
    assertThat(buffer.nextLine()).isTrue();
    assertThat(buffer.bytes().length).isGreaterThan(200_000);

    assertThat(buffer.nextLine()).isFalse();

    assertThat(buffer.bytes().length).isLessThan(1024);
  }

  @Test
  void keepsNoBytesOfLinesThatAreRead() {
    LineBuffer buffer = new LineBuffer(NO_LIMIT, NO_LIMIT);
    byte[] lineAndAHalf = bytes("b".repeat(50) + "\n" + "a".repeat(50));
    for (int i = 0; i < 100_000; i++) {
      buffer.feed(lineAndAHalf, 0, lineAndAHalf.length);
      assertThat(buffer.nextLine()).isTrue();
      assertThat(buffer.nextLine()).isFalse();
    }
    assertThat(buffer.bytes().length).isLessThan(1024);
  }

  private static void assertSameAsNaive(byte[] input, int maxBytes, int maxFields) {
    List<String> expected = naive(input, maxBytes, maxFields);
    for (int size : new int[] {Math.max(1, input.length), 1, 3, 8, 11}) {
      assertThat(read(input, size, maxBytes, maxFields))
          .as("%s cut every %d bytes", new String(input, StandardCharsets.ISO_8859_1), size)
          .isEqualTo(expected);
    }
  }

  private static List<String> read(byte[] input, int size, int maxBytes, int maxFields) {
    LineBuffer buffer = new LineBuffer(maxBytes, maxFields);
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

  /** A line's fields, each with its flags. */
  private static String line(LineBuffer buffer) {
    StringBuilder line = new StringBuilder();
    int from = buffer.lineStart();
    for (int field = 0; field < buffer.fieldCount(); field++) {
      int to = buffer.fieldEnd(field);
      line.append(field == 0 ? "" : " ")
          .append(new String(buffer.bytes(), from, to - from, StandardCharsets.ISO_8859_1))
          .append(':')
          .append(buffer.fieldFlags(field));
      from = to + 1;
    }
    return line.toString();
  }

  private static List<String> naive(byte[] input, int maxBytes, int maxFields) {
    List<String> lines = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    int lineStart = 0;
    int fieldStart = 0;
    for (int at = 0; at < input.length; at++) {
      boolean ends = input[at] == '\n' || input[at] == '\t';
      if (at + 1 - lineStart > maxBytes && input[at] != '\n') {
        lines.add("A line is longer than " + maxBytes + " bytes");
        return lines;
      }
      if (ends) {
        fields.add(naiveField(Arrays.copyOfRange(input, fieldStart, at)));
        fieldStart = at + 1;
      }
      if (input[at] == '\t' && fields.size() == maxFields) {
        lines.add("A line has more than " + maxFields + " fields");
        return lines;
      }
      if (input[at] == '\n') {
        lines.add(String.join(" ", fields));
        fields.clear();
        lineStart = at + 1;
      }
    }
    return lines;
  }

  private static String naiveField(byte[] field) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    int escaped = text.indexOf(0x01) >= 0 ? LineBuffer.ESCAPED : 0;
    int wide = text.chars().anyMatch(c -> c > 0x7F) ? LineBuffer.NON_ASCII : 0;
    return text + ":" + (escaped | wide);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

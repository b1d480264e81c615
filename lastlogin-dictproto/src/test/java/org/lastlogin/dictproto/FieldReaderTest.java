package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of a text is looked for in eight bytes together; here that is compared with what a split
 * of the whole line says.
 */
class FieldReaderTest {
  private static final int NO_LIMIT = 1 << 20;

  /** More than two words, wherever the field begins. */
  private static final int OFFSETS = 21;

  /** The bytes at the borders of what is printable, and what is written with several. */
  private static final List<String> MARKS =
      List.of(
          "\t", "\t\t", "\u0001t", "\u00011", "\u0001x", "ä", "😀", "\u007f", "\u001f", " ", "\r");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9})
  void findsEveryMarkAtEveryOffset(int fieldsBefore) {
    for (String mark : MARKS) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        assertSameAsSplit("x\t".repeat(fieldsBefore) + "a".repeat(offset) + mark + "b\tc");
      }
    }
  }

  @Test
  void findsTwoMarksAtEveryDistance() {
    for (String first : MARKS) {
      for (String second : MARKS) {
        for (int distance = 0; distance < OFFSETS; distance++) {
          assertSameAsSplit("aaa" + first + "a".repeat(distance) + second);
        }
      }
    }
  }

  @Test
  void doesSoWithAnyTexts() {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        line.append("a".repeat(random.nextInt(10))).append(MARKS.get(random.nextInt(MARKS.size())));
      }
      assertSameAsSplit(line.toString());
    }
  }

  @Test
  void readsAsManyFieldsAsAreAllowed() {
    for (int limit = 1; limit <= OFFSETS; limit++) {
      int allowed = limit;
      assertThat(texts("a\t".repeat(allowed - 1) + "a", allowed)).hasSize(allowed);
      assertThatThrownBy(() -> texts("a\t".repeat(allowed), allowed))
          .isInstanceOf(DictProtocolException.class)
          .hasMessage("A line has more than " + allowed + " fields");
    }
  }

  @Test
  void readsTheNumbersUpToALimitAndNoOthers() {
    Random random = new Random(4);
    long[] limits = {
      0, 9, 999_999, 999_999_999, 1_000_000_000, FieldReader.MAX_UINT32, Long.MAX_VALUE
    };
    for (long limit : limits) {
      BigInteger max = BigInteger.valueOf(limit);
      for (int i = 0; i < 1000; i++) {
        BigInteger any = new BigInteger(1 + random.nextInt(70), random);
        for (BigInteger number : List.of(any, max, max.add(BigInteger.ONE))) {
          String digits = "0".repeat(random.nextInt(3)) + number;
          if (number.compareTo(max) <= 0) {
            assertThat(reader(digits, 1).number("n", limit)).isEqualTo(number.longValueExact());
          } else {
            assertThatThrownBy(() -> reader(digits, 1).number("n", limit))
                .hasMessage("Line: the n is not a number from 0 to " + limit + ": " + digits);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", " 1", "1 ", "1.5", "x", "1/", "1:", "\u0001", "\u0661"})
  void takesNothingElseForANumber(String text) {
    assertThatThrownBy(() -> reader(text + "\t2", 2).number("n", Long.MAX_VALUE))
        .isInstanceOf(DictProtocolException.class)
        .hasMessageStartingWith("Line: the n is not a number from 0 to 9223372036854775807: ")
        .hasMessageNotContaining("\t");
  }

  private static void assertSameAsSplit(String line) {
    List<String> expected = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      // The escape byte last, so that nothing is unescaped twice.
      expected.add(
          field.replace("\u0001t", "\t").replace("\u0001x", "x").replace("\u00011", "\u0001"));
    }
    assertThat(texts(line, NO_LIMIT)).as(line).isEqualTo(expected);
  }

  private static List<String> texts(String line, int maxFields) {
    FieldReader reader = reader(line, maxFields);
    List<String> texts = new ArrayList<>();
    while (reader.hasNext()) {
      texts.add(reader.text("field"));
    }
    reader.finish();
    return texts;
  }

  private static FieldReader reader(String line, int maxFields) {
    LineBuffer buffer = new LineBuffer(NO_LIMIT);
    buffer.feed(ByteBuffer.wrap((line + "\nnext\t").getBytes(StandardCharsets.UTF_8)));
    assertThat(buffer.nextLine()).isTrue();
    FieldReader reader = new FieldReader(buffer, maxFields, () -> "Line");
    reader.start();
    return reader;
  }
}

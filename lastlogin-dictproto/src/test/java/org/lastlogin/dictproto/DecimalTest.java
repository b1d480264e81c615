package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTest {
  @Test
  void writesNumbersAroundEveryPowerOfTenAndOfTwo() {
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      assertWrites(power - 1, power, power + 1, 9 * power, -power);
    }
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertWrites((1L << bit) - 1, 1L << bit, (1L << bit) + 1);
    }
  }

  @Test
  void writesEveryGroupOfFourDigits() {
    for (int i = 0; i < 10_000; i++) {
      assertWrites(i, i * 10_000L, 1_0000_0000L * i + i);
    }
  }

  @Test
  void writesNumbersOfAllLengths() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      assertWrites(random.nextLong() >>> random.nextInt(Long.SIZE));
    }
  }

  private static void assertWrites(long... values) {
    for (long value : values) {
      byte[] bytes = new byte[1 + Decimal.MAX_BYTES];
      int end = Decimal.write(value, bytes, 1);

      assertThat(new String(bytes, 1, end - 1, StandardCharsets.US_ASCII))
          .isEqualTo(Long.toString(value));
    }
  }
}

package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One text writes all these times, so that what it keeps of one could spoil the next. */
class TimeTextTest {
  private static final long NOW = 1_700_000_000_123_456L;

  private final TimeText text = new TimeText();

  @Test
  void writesTimesThatFollowEachOther() {
    for (long micros = NOW; micros < NOW + 1_000_000; micros += 97) {
      assertWrites(micros);
    }
  }

  @Test
  void writesEveryMicrosecondOfASecondsFirstMilliseconds() {
    for (long micros = 1_700_000_000_000_000L; micros < 1_700_000_000_012_000L; micros++) {
      assertWrites(micros);
    }
  }

  @Test
  void writesTimesInAnyOrder() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      assertWrites(NOW + random.nextInt(5000) - 2500);
    }
  }

  @Test
  void writesTimesOfAllLengths() {
    Random random = new Random(4);
    assertWrites(0);
    for (int i = 0; i < 100_000; i++) {
      long any = random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1));
      assertWrites(any);
      assertWrites(any == Long.MAX_VALUE ? any : any + 1);
    }
    assertWrites(Long.MAX_VALUE);
  }

  private void assertWrites(long micros) {
    byte[] bytes = new byte[1 + TimeText.MAX_BYTES];
    int end = text.write(micros, bytes, 1);

    assertThat(new String(bytes, 1, end - 1, StandardCharsets.US_ASCII))
        .isEqualTo("\t" + micros / 1_000_000 + "\t" + micros % 1_000_000);
  }
}

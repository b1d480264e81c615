package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456789Z");

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1767225600, 2026-01-01T00:00:00Z",
    "MILLISECONDS, 1767225600123, 2026-01-01T00:00:00.123Z",
    "MICROSECONDS, 1767225600123456, 2026-01-01T00:00:00.123456Z",
    "NANOSECONDS, 1767225600123456789, 2026-01-01T00:00:00.123456789Z",
  })
  void cutsOffWhatIsFiner(Precision precision, long number, Instant truncated) {
    assertThat(precision.toNumber(TIME)).isEqualTo(number);
    assertThat(precision.toTime(number)).isEqualTo(truncated);
    assertThat(precision.truncate(TIME)).isEqualTo(truncated);
  }

  @ParameterizedTest
  @EnumSource
  void reachesBeyond2038(Precision precision) {
    Instant late = Instant.parse("2200-01-01T00:00:00Z");

    assertThat(precision.toTime(precision.toNumber(late))).isEqualTo(late);
  }

  @Test
  void nanosecondsEndIn2262() {
    Instant tooLate = Instant.parse("2263-01-01T00:00:00Z");

    assertThatThrownBy(() -> Precision.NANOSECONDS.toNumber(tooLate))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Precision.MICROSECONDS.toTime(Precision.MICROSECONDS.toNumber(tooLate)))
        .isEqualTo(tooLate);
  }

  @ParameterizedTest
  @CsvSource({"s, SECONDS", "ms, MILLISECONDS", "us, MICROSECONDS", "ns, NANOSECONDS"})
  void hasTheNamesOfLastLoginPrecision(String name, Precision precision) {
    assertThat(precision.configName()).isEqualTo(name);
    assertThat(Precision.ofConfigName(name)).contains(precision);
    assertThat(Precision.ofConfigName(precision.name())).isEmpty();
  }
}

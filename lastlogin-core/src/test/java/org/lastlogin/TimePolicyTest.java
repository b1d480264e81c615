package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimePolicyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @Test
  void takesTheToleranceAndNoMore() {
    TimePolicy policy = TimePolicy.refusingFuture(Duration.ofHours(1), CLOCK);
    Instant latest = NOW.plus(Duration.ofHours(1));

    assertThat(policy.apply(latest)).isEqualTo(latest);
    assertThat(policy.apply(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.apply(latest.plusNanos(1)))
        .withMessage(
            "2026-03-01T13:34:56.789000001Z is later than the limit now, 2026-03-01T13:34:56Z; check"
                + " the clock of the mail server");
  }

  @Test
  void takesWhatTheClockSaysWithoutATolerance() {
    assertThat(TimePolicy.refusingFuture(Duration.ZERO, CLOCK).apply(NOW)).isEqualTo(NOW);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePolicy.refusingFuture(Duration.ofSeconds(-1)));
  }

  @Test
  void goesByTheClockOfThisMachine() {
    TimePolicy policy = TimePolicy.refusingFuture(Duration.ofDays(1));
    Instant now = Instant.now();

    assertThat(policy.apply(now)).isEqualTo(now);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.apply(now.plus(Duration.ofDays(2))));
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 2026-03-01T12:34:56Z, 1969-12-31T23:59:59Z",
    "HOURS,   2026-03-01T12:00:00Z, 1969-12-31T23:00:00Z",
    "DAYS,    2026-03-01T00:00:00Z, 1969-12-31T00:00:00Z"
  })
  void roundsDown(ChronoUnit unit, Instant rounded, Instant before1970) {
    TimePolicy policy = TimePolicy.roundingDown(unit);

    assertThat(policy.apply(NOW)).isEqualTo(rounded);
    assertThat(policy.apply(Instant.ofEpochSecond(0, -1))).isEqualTo(before1970);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEEKS", "MONTHS", "YEARS", "FOREVER"})
  void roundsToNothingLongerThanADay(ChronoUnit unit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePolicy.roundingDown(unit))
        .withMessageStartingWith("Times are rounded to days or less, not to ");
  }

  @Test
  void oneFollowsTheOther() {
    TimePolicy policy =
        TimePolicy.refusingFuture(Duration.ZERO, CLOCK)
            .andThen(TimePolicy.roundingDown(ChronoUnit.DAYS));

    assertThat(policy.apply(NOW)).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.apply(NOW.plusSeconds(1)));
  }

  @Test
  void anEventKeepsAllButItsTime() {
    LoginEvent event = new LoginEvent("imap", "alice", "example.com", NOW);

    assertThat(TimePolicy.exact().applyTo(event)).isEqualTo(event);
    assertThat(TimePolicy.roundingDown(ChronoUnit.HOURS).applyTo(event))
        .isEqualTo(
            new LoginEvent("imap", "alice", "example.com", Instant.parse("2026-03-01T12:00:00Z")));
  }
}

package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lastlogin.benchmarks.Latencies;

class RoundsTest {
  @Test
  void takesTheMedianOfTheRatiosOfEachRound() {
    Rounds rounds = new Rounds();
    rounds.add(answered(100), answered(200));
    rounds.add(answered(10), answered(100));
    rounds.add(answered(1000), answered(3000));
    // The medians themselves, 100 and 200, have the ratio 2.
    assertThat(rounds.ratio(Measurement::perSecond)).isEqualTo(3);
    assertThat(rounds.table()).containsPattern("per second +100 +200 +3.00");
  }

  @Test
  void countsTheDatabaseAmongTheProcessorTime() {
    assertThat(answered(2000).cpuSecondsPerThousand()).isEqualTo(0.75);
  }

  /** Returns a measurement of one second with 1.5 s of CPU time. */
  private static Measurement answered(int requests) {
    Latencies latencies = Latencies.ofNanos(LongStream.range(0, requests).toArray());
    return new Measurement(
        new LoadResult(latencies, Duration.ofSeconds(1), Duration.ZERO, 0, List.of()), 1, 0.5, 1);
  }
}

package org.lastlogin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void ranksWhatWasMeasuredInAnyOrder() {
    Latencies latencies =
        Latencies.ofNanos(LongStream.rangeClosed(1, 1000).map(i -> (1001 - i) * 1000).toArray());
    assertThat(latencies.count()).isEqualTo(1000);
    assertThat(latencies.medianMicros()).isEqualTo(501);
    assertThat(latencies.p99Micros()).isEqualTo(991);
  }

  @Test
  void takesOthersIn() {
    Latencies both = Latencies.ofNanos(3000, 1000).and(Latencies.ofNanos(2000));
    assertThat(both.medianMicros()).isEqualTo(2);
    assertThat(both.ratioTo(Latencies.ofNanos(4000))).isEqualTo(0.5);
  }

  @Test
  void hasNoMedianOfNothing() {
    assertThat(Latencies.NONE.medianMicros()).isNaN();
    assertThat(Latencies.NONE.p99Micros()).isNaN();
  }
}

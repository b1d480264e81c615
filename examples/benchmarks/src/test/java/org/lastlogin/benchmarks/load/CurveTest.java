package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lastlogin.benchmarks.Latencies;

class CurveTest {
  private final Curve curve = new Curve(List.of(1000, 1_000_000));

  @Test
  void comparesWhatWasMeasuredInOneRound() {
    addOfAllActions(100, 200);
    addOfAllActions(10, 100);
    addOfAllActions(1000, 3000);
    // The medians themselves, 100 and 200, have the ratio 2.
    assertThat(curve.ratio(SizedAction.SET, 1)).isEqualTo(3);
    assertThat(curve.table().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).containsSubsequence("lookup", "set", "iterate"),
            first -> assertThat(first).matches(" +1000( +100 +1\\.00){3}"),
            second -> assertThat(second).matches(" +1000000( +200 +3\\.00){3}"));
  }

  @Test
  void refusesARoundInWhichADictIsMissing() {
    assertThatThrownBy(() -> curve.add(SizedAction.LOOKUP, List.of(micros(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The round has 1 dicts, not 2");
  }

  private void addOfAllActions(long first, long second) {
    for (SizedAction action : SizedAction.values()) {
      curve.add(action, List.of(micros(first), micros(second)));
    }
  }

  private static Latencies micros(long micros) {
    return Latencies.ofNanos(LongStream.of(micros).map(it -> it * 1000).toArray());
  }
}

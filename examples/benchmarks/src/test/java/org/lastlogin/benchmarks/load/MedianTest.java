package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void isTheOneInTheMiddle() {
    assertThat(median(5.0)).isEqualTo(5);
    assertThat(median(9.0, 1.0, 2.0)).isEqualTo(2);
    assertThat(median(4.0, 100.0, 1.0, 2.0)).isEqualTo(3);
  }

  @Test
  void isThatOfSomething() {
    assertThatThrownBy(() -> median()).isInstanceOf(IllegalArgumentException.class);
  }

  private static double median(Double... figures) {
    return Median.of(List.of(figures), Double::doubleValue);
  }
}

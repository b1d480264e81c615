package org.lastlogin.dictproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictVersionTest {

  @ParameterizedTest
  @CsvSource({
    "2,0,2.0", "2,1,2.1", "2,2,2.2", "2,7,2.2", "3,2,3.2", "3,0,3.2", "4,0,4.0", "4,3,4.0"
  })
  void isTheNewestKnownThatTheClientSpeaks(long major, long minor, String expected) {
    assertThat(DictVersion.of(major, minor)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "5,0", "4294967295,0"})
  void refusesAnUnknownMajor(long major, long minor) {
    assertThatThrownBy(() -> DictVersion.of(major, minor))
        .isInstanceOf(DictProtocolException.class)
        .hasMessageContaining("protocol version " + major);
  }

  @Test
  void hasTheCommandsOfItsTime() {
    assertThat(DictVersion.V2_2.has(Capability.APPEND)).isTrue();
    assertThat(DictVersion.V3_2.has(Capability.APPEND)).isFalse();
    assertThat(DictVersion.V3_2.has(Capability.ASYNC_COMMIT)).isTrue();
    assertThat(DictVersion.V4_0.has(Capability.ASYNC_COMMIT)).isFalse();
  }
}

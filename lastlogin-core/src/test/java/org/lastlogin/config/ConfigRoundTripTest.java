package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has been written says the same when it is read again. */
class ConfigRoundTripTest {

  static LongStream seeds() {
    return LongStream.range(0, 250);
  }

  /** A map file says neither name nor driver: they are put back. */
  private static DictDefinition throughMapFile(DictDefinition dict) {
    String text = ConfigWriter.write(dict, ConfigFormat.DOVECOT_2_3);
    return DictConfig.parse(text, "test.conf", name -> "expanded")
        .onlyDict()
        .named(dict.name().orElseThrow(), dict.driver().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mapFileSaysTheSame(long seed) {
    DictDefinition dict = new RandomDicts(seed).next();

    assertThat(throughMapFile(dict))
        .as(() -> ConfigWriter.write(dict, ConfigFormat.DOVECOT_2_3))
        .isEqualTo(dict);
  }

  private static DictDefinition throughMainConfig(DictDefinition dict) {
    String text = ConfigWriter.write(dict, ConfigFormat.DOVECOT_2_4);
    return DictConfig.parse(text, "test.conf", name -> "expanded").onlyDict();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mainConfigurationSaysTheSame(long seed) {
    DictDefinition dict = new RandomDicts(seed).next();

    assertThat(throughMainConfig(dict))
        .as(() -> ConfigWriter.write(dict, ConfigFormat.DOVECOT_2_4))
        .isEqualTo(dict);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void migrationsThereAndBackSayTheSame(long seed) {
    DictDefinition dict = new RandomDicts(seed).next();

    assertThat(throughMapFile(throughMainConfig(throughMapFile(dict)))).isEqualTo(dict);
  }
}

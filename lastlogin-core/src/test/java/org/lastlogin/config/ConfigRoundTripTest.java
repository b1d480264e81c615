package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
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
        .isEqualTo(asOfMapFile(dict));
  }

  /** Dovecot 2.3 has no word for TLS as such, but one for the check that goes with it. */
  private static DictDefinition asOfMapFile(DictDefinition dict) {
    return withServers(
        dict,
        server -> {
          if (server.remove("ssl") != null) {
            server.putIfAbsent("ssl_verify_server_cert", "yes");
          }
        });
  }

  /** Dovecot 2.4 uses TLS only if it is told so. */
  private static DictDefinition asOfMainConfig(DictDefinition dict) {
    return withServers(
        dict,
        server -> {
          if (server.keySet().stream().anyMatch(name -> name.startsWith("ssl_"))) {
            server.put("ssl", "yes");
          }
        });
  }

  private static DictDefinition withServers(
      DictDefinition dict, Consumer<Map<String, String>> change) {
    if (dict.connect().isEmpty()) {
      return dict;
    }
    return DictDefinition.builder()
        .name(dict.name().orElseThrow())
        .driver(dict.driver().orElseThrow())
        .maps(dict.maps().asList())
        .connect(
            ConnectSettings.of(
                dict.requireConnect().servers().stream().map(s -> changed(s, change)).toList()))
        .build();
  }

  private static Map<String, String> changed(
      DatabaseServer server, Consumer<Map<String, String>> change) {
    Map<String, String> values = new LinkedHashMap<>();
    server.names().forEach(name -> values.put(name, server.get(name).orElseThrow()));
    change.accept(values);
    return values;
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
        .isEqualTo(asOfMainConfig(dict));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void migrationsThereAndBackSayTheSame(long seed) {
    DictDefinition dict = new RandomDicts(seed).next();

    assertThat(throughMapFile(throughMainConfig(throughMapFile(dict))))
        .isEqualTo(asOfMapFile(asOfMainConfig(asOfMapFile(dict))));
  }
}

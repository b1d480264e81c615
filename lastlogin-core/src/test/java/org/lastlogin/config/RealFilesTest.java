package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.map.DictMap;

/**
 * Reads files as they are met in the field; what is to be read in each was written down by hand,
 * beside it. Their README says where such files are in use.
 */
class RealFilesTest {

  static Stream<Path> sound() throws IOException, URISyntaxException {
    return files("maps");
  }

  static Stream<Path> mistaken() throws IOException, URISyntaxException {
    return files("mistakes");
  }

  private static Stream<Path> files(String suffix) throws IOException, URISyntaxException {
    Path directory = Path.of(RealFilesTest.class.getResource("files/real").toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith("." + suffix))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Path configuration(Path expectation) {
    String name = expectation.getFileName().toString().replaceAll("\\.\\w+$", ".conf");
    return expectation.resolveSibling(name);
  }

  @ParameterizedTest
  @MethodSource("sound")
  void readsWhatItSays(Path expectation) throws IOException {
    DictConfig config = DictConfig.read(configuration(expectation));

    assertThat(config.dicts().stream().flatMap(RealFilesTest::describe))
        .containsExactlyElementsOf(Files.readAllLines(expectation));
    boolean is24 = expectation.getFileName().toString().startsWith("v24-");
    assertThat(config.format())
        .isEqualTo(is24 ? ConfigFormat.DOVECOT_2_4 : ConfigFormat.DOVECOT_2_3);
  }

  private static Stream<String> describe(DictDefinition dict) {
    String name = dict.name().orElse("-");
    return dict.maps().asList().stream().map(map -> name + "|" + describe(map));
  }

  private static String describe(DictMap map) {
    String values =
        map.valueFields().stream()
            .map(field -> field.column() + ":" + field.type().configName())
            .collect(Collectors.joining(","));
    String keys =
        map.keyFields().stream()
            .map(key -> key.column() + "=" + key.variable() + ":" + key.type().configName())
            .collect(Collectors.joining(","));
    return String.join(
        "|",
        map.pattern().toString(),
        map.table(),
        map.usernameField().orElse("-"),
        map.expireField().orElse("-"),
        values,
        keys.isEmpty() ? "-" : keys);
  }

  @ParameterizedTest
  @MethodSource("mistaken")
  void pointsAtEveryMistake(Path expectation) throws IOException {
    List<Integer> lines =
        Files.readAllLines(expectation).stream()
            .map(line -> Integer.valueOf(line.substring(0, line.indexOf(':'))))
            .toList();

    ConfigException mistakes =
        catchThrowableOfType(
            ConfigException.class,
            () -> DictConfig.read(configuration(expectation)).requireConnect());

    assertThat(mistakes).isNotNull();
    assertThat(mistakes.diagnostics()).extracting(Diagnostic::line).containsAll(lines);
  }
}

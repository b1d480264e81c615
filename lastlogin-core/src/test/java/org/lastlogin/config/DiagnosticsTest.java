package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every message to its golden file: beside each {@code NAME.conf} in the resource directory
 * {@code diagnostics} stands {@code NAME.expected} with all that is to be said about it. With
 * {@code -Dlastlogin.rewrite.expected=true} the golden files are written instead: read what changed
 * before you commit it.
 */
class DiagnosticsTest {

  static Stream<Path> files() throws IOException, URISyntaxException {
    Path directory = Path.of(DiagnosticsTest.class.getResource("diagnostics").toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatItShould(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path expected = file.resolveSibling(name.replaceAll("conf$", "expected"));

    String said = said(file).replace(file.getParent() + "/", "") + "\n";
    if (Boolean.getBoolean("lastlogin.rewrite.expected")) {
      Path source = Path.of("src/test/resources/org/lastlogin/config/diagnostics");
      Files.writeString(source.resolve(expected.getFileName()), said);
    } else {
      assertThat(said).isEqualTo(Files.readString(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void showsNoPassword(Path file) throws IOException {
    assertThat(said(file)).doesNotContain("hid", "two words", "words");
  }

  private static String said(Path file) throws IOException {
    TestFiles.withoutOthers(file);
    return diagnostics(file).stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
  }

  private static List<Diagnostic> diagnostics(Path file) {
    try {
      return DictConfig.read(file).warnings();
    } catch (ConfigException e) {
      return e.diagnostics();
    }
  }
}

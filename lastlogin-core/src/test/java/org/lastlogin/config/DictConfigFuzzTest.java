package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads any bytes at all: nothing but {@link ConfigException} comes out, and what it says fits the
 * text. In a normal run these are the files of the other tests; with {@code JAZZER_FUZZ=1} in the
 * environment, Jazzer makes up more from them.
 */
class DictConfigFuzzTest {
  /** The password of the test files, which nothing may show. */
  private static final String MARKER = "hidden";

  static Stream<byte[]> seeds() throws IOException, URISyntaxException {
    List<byte[]> seeds = new ArrayList<>();
    for (String directory : List.of("diagnostics", "files")) {
      Path path = Path.of(DictConfigFuzzTest.class.getResource(directory).toURI());
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".conf")).toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds.stream();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "5m")
  void anyBytesAreReadOrRejected(byte[] bytes) {
    // Files would be included that are none of the test's business.
    String text = new String(bytes, StandardCharsets.UTF_8).replace("!include", "!exclude");
    check(text);
    check(new String(bytes, StandardCharsets.ISO_8859_1).replace("!include", "!exclude"));
    check("connect = host=a password=" + MARKER + "\n" + text.replace(MARKER, ""));
  }

  private static void check(String text) {
    List<Diagnostic> said = new ArrayList<>();
    try {
      DictConfig config = DictConfig.parse(text, "fuzz.conf", name -> null);
      assertThat(config.toString()).doesNotContain("password=" + MARKER);
      said.addAll(config.warnings());
    } catch (ConfigException e) {
      assertThat(e.diagnostics()).isNotEmpty();
      said.addAll(e.diagnostics());
      said.addAll(e.warnings());
    }
    String[] lines = text.split("\n", -1);
    said.forEach(diagnostic -> checkPlace(diagnostic, lines));
  }

  private static void checkPlace(Diagnostic diagnostic, String[] lines) {
    if (diagnostic.line() == 0) {
      return;
    }
    assertThat(diagnostic.line()).isBetween(1, lines.length);
    String line = lines[diagnostic.line() - 1];
    int length = line.codePointCount(0, line.length());
    assertThat(diagnostic.column()).isBetween(1, length + 1);
    assertThat(diagnostic.column() - 1 + diagnostic.length()).isLessThanOrEqualTo(length + 1);
    assertThat(diagnostic.render()).doesNotContain("password=" + MARKER);
    assertThat(diagnostic.render().replace("\n", ""))
        .doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f]");
  }
}

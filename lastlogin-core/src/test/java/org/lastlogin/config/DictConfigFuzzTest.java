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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads any bytes at all: nothing but {@link ConfigException} comes out, what it says fits the
 * text, and no password is shown. In a normal run these are half of the files of the other tests;
 * with {@code JAZZER_FUZZ=1} in the environment, Jazzer makes up more from all of them.
 */
class DictConfigFuzzTest {
  /** A password, which nothing may show. */
  private static final String MARKER = "hunter2hunter2";

  private static final String SERVER =
      "dict_server {\n  dict marked {\n    driver = sql\n    sql_driver = mysql\n"
          + "    mysql localhost {\n      password = "
          + MARKER
          + "\n    }\n  }\n}\n";

  static Stream<byte[]> mapFiles() throws IOException, URISyntaxException {
    return seeds(false);
  }

  static Stream<byte[]> mainConfigurations() throws IOException, URISyntaxException {
    return seeds(true);
  }

  private static Stream<byte[]> seeds(boolean main) throws IOException, URISyntaxException {
    List<byte[]> seeds = new ArrayList<>();
    for (String directory : List.of("diagnostics", "files", "files/real")) {
      Path path = Path.of(DictConfigFuzzTest.class.getResource(directory).toURI());
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.filter(file -> isSeed(file, main)).sorted().toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    int step = System.getenv("JAZZER_FUZZ") == null ? 2 : 1;
    return IntStream.range(0, seeds.size() / step).mapToObj(i -> seeds.get(i * step));
  }

  private static boolean isSeed(Path file, boolean main) {
    String name = file.getFileName().toString();
    boolean of24 = name.startsWith("v24-") || name.startsWith("main") || name.startsWith("dovecot");
    return name.endsWith(".conf") && of24 == main;
  }

  @MethodSource("mapFiles")
  @FuzzTest(maxDuration = "5m")
  void anyMapFileIsReadOrRejected(byte[] bytes) {
    String text = text(bytes);
    check(text);
    check("connect = host=a password=" + MARKER + "\n" + text);
  }

  @MethodSource("mainConfigurations")
  @FuzzTest(maxDuration = "5m")
  void anyMainConfigurationIsReadOrRejected(byte[] bytes) {
    String text = text(bytes);
    check("dovecot_config_version = 2.4.0\n" + text);
    check(SERVER + text);
  }

  /** What could be read of files that are none of the test's business is left out. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .replace("include", "exclude")
        .replace("<", "")
        .replaceAll("(?<=(mysql|pgsql|sqlite)):", "")
        .replace(MARKER, "");
  }

  private static void check(String text) {
    List<Diagnostic> said = new ArrayList<>();
    try {
      DictConfig config = DictConfig.parse(text, "fuzz.conf", name -> null);
      assertThat(config.toString()).doesNotContain(MARKER);
      said.addAll(config.warnings());
    } catch (ConfigException e) {
      assertThat(e.diagnostics()).isNotEmpty();
      said.addAll(e.diagnostics());
      said.addAll(e.warnings());
      assertThat(e.getMessage()).doesNotContain(MARKER);
    }
    String[] lines = text.split("\n", -1);
    said.forEach(diagnostic -> checkPlace(diagnostic, lines));
  }

  private static void checkPlace(Diagnostic diagnostic, String[] lines) {
    String rendered = diagnostic.render();
    assertThat(rendered).doesNotContain(MARKER);
    assertThat(rendered.replace("\n", "")).doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f]");
    if (diagnostic.line() == 0) {
      return;
    }
    assertThat(diagnostic.line()).isBetween(1, lines.length);
    String line = lines[diagnostic.line() - 1];
    int length = line.codePointCount(0, line.length());
    assertThat(diagnostic.column()).isBetween(1, length + 1);
    assertThat(diagnostic.column() - 1 + diagnostic.length()).isLessThanOrEqualTo(length + 1);
  }
}

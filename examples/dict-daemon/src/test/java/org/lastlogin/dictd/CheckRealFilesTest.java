package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code check} of files as they are met in the field, which the reader's own tests read, too: what
 * Dovecot would serve is no mistake.
 */
class CheckRealFilesTest {
  private static final Path DIRECTORY =
      Path.of("../../lastlogin-core/src/test/resources/org/lastlogin/config/files/real");

  /** Files that can be read, but not served, and what is said about them. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          // The dict is there for its connection alone.
          "v24-dict-without-maps.conf",
          "There is no map in it, so it could serve nothing",
          // Templates, in which these are still to be filled in.
          "v24-installer-mysql-placeholders.conf",
          "Expected a port from 1 to 65535",
          "v24-shared-folders-panel.conf",
          "This is not the name of a database that a URL can hold",
          // A function of Cassandra, which is none of the databases here.
          "cassandra-objectid.conf",
          "Not the name of a column: \"writetime(b)\"");

  static Stream<Path> sound() throws IOException {
    return files(".maps");
  }

  static Stream<Path> mistaken() throws IOException {
    return files(".mistakes");
  }

  /** The configurations beside which there is what is to be read in them. */
  private static Stream<Path> files(String suffix) throws IOException {
    List<Path> expectations;
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      expectations = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
    return expectations.stream().map(file -> Path.of(file.toString().replace(suffix, ".conf")));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void whatCanBeServedIsNoMistake(Path file) {
    Ran ran = Ran.with("check", file.toString());

    String why = EXCEPTIONS.get(file.getFileName().toString());
    if (why == null) {
      assertThat(ran.status()).as(ran.out()).isIn(ExitStatus.OK, ExitStatus.WARNINGS);
    } else {
      assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
      assertThat(ran.out()).contains("error: " + why);
    }
  }

  @ParameterizedTest
  @MethodSource("mistaken")
  void whatIsAMistakeKeepsFromServing(Path file) {
    Ran ran = Ran.with("check", file.toString());

    assertThat(ran.status()).as(ran.out()).isEqualTo(ExitStatus.CONFIG);
  }
}

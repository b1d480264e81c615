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
 * {@code check} of real configuration files, which the reader's own tests read, too: whatever
 * Dovecot serves has no errors.
 */
class CheckRealFilesTest {
  private static final Path DIRECTORY =
      Path.of("../../lastlogin-core/src/test/resources/org/lastlogin/config/files/real");

  /** Files that can be read but not served, with their errors. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          // The dict is there for its connection alone.
          "v24-dict-without-maps.conf",
          "There are no maps in it, so there is nothing to serve",
          // Templates, in which these are still to be filled in.
          "v24-installer-mysql-placeholders.conf",
          "Expected a port from 1 to 65535",
          "v24-shared-folders-panel.conf",
          "This is not the name of a database that a URL can hold",
          // A function of Cassandra, which is not supported.
          "cassandra-objectid.conf",
          "Not the name of a column: \"writetime(b)\"");

  static Stream<Path> valid() throws IOException {
    return files(".maps");
  }

  static Stream<Path> invalid() throws IOException {
    return files(".mistakes");
  }

  /** Returns the configurations that have a file of expectations with this suffix. */
  private static Stream<Path> files(String suffix) throws IOException {
    List<Path> expectations;
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      expectations = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
    return expectations.stream().map(file -> Path.of(file.toString().replace(suffix, ".conf")));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void validFilesHaveNoErrors(Path file) {
    Ran ran = Ran.with("check", file.toString());

    String error = EXCEPTIONS.get(file.getFileName().toString());
    if (error == null) {
      assertThat(ran.status()).as(ran.out()).isIn(ExitStatus.OK, ExitStatus.WARNINGS);
    } else {
      assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
      assertThat(ran.out()).contains("error: " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidFilesHaveErrors(Path file) {
    Ran ran = Ran.with("check", file.toString());

    assertThat(ran.status()).as(ran.out()).isEqualTo(ExitStatus.CONFIG);
  }
}

package org.lastlogin.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickstartTest {
  @TempDir Path directory;

  @Test
  void showsTheTableThatRecordedLoginsMake() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Quickstart.run(directory, new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(" -> ")))
        .hasSize(9)
        .allMatch(line -> line.endsWith("-> +1 O1"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .endsWith(
            """
            +-----------------+--------+---------------+---------------+---------------+
            | username        | domain | imap          | pop3          | lda           |
            +-----------------+--------+---------------+---------------+---------------+
            | postmaster@a.io | a.io   | 3 minutes ago | NULL          | NULL          |
            | joe@b.io        | b.io   | NULL          | 3 minutes ago | 3 minutes ago |
            +-----------------+--------+---------------+---------------+---------------+
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 0 seconds ago",
    "2025-12-31T23:59:59Z, 1 second ago",
    "2025-12-31T23:58:01Z, 1 minute ago",
    "2025-12-31T23:01:00Z, 59 minutes ago",
    "2025-12-31T22:59:00Z, 1 hour ago",
    "2025-12-30T00:00:00Z, 2 days ago",
    "2026-01-01T00:00:01Z, in the future"
  })
  void saysInWordsHowLongAgoSomethingWas(Instant time, String words) {
    assertThat(Age.inWords(time, Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo(words);
  }
}

package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** An iteration of more rows than the program has memory for. */
class MillionRowsIT {
  private static final int ROWS = 1_000_000;
  private static final String VALUE = "v".repeat(100);
  private static final String PREFIX = "+1\tOshared/tree/x/";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
  void allReachTheClient(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    Path socket = directory.resolve("dict");
    try (DaemonProcess daemon =
        DaemonProcess.start(
                directory,
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                "--dict",
                DictFiles.option(database, DictFiles.writeAll(directory, database)),
                "--listen",
                "unix:" + socket,
                "--create-tables")
            .awaitStart()
            .awaitLog("its tables are there")) {
      database.execute(
          "INSERT INTO tree (a, b, v) SELECT 'x', n, '" + VALUE + "' FROM " + numbers(kind));
      assertThat(sumOfNumbers(socket)).isEqualTo((1L + ROWS) * ROWS / 2);
      assertThat(daemon.terminate()).isZero();
      // On a slow machine it takes longer than what is worth a warning.
      assertThat(daemon.log().lines().filter(line -> !line.contains("dict iteration took")))
          .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    }
  }

  /** The numbers from 1, in a column {@code n}. */
  private static String numbers(TestDatabases kind) {
    return switch (kind) {
      case MARIADB -> "(SELECT seq AS n FROM seq_1_to_" + ROWS + ") AS numbers";
      case POSTGRESQL -> "generate_series(1, " + ROWS + ") AS numbers (n)";
      case SQLITE ->
          "(WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT "
              + ROWS
              + ") SELECT n FROM numbers)";
    };
  }

  /** Iterates all rows, and adds up the numbers that their keys end with. */
  private static long sumOfNumbers(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String commands = "H3\t2\t0\t\tlastlogin\nI0\t0\tshared/tree/x/\t\n";
      channel.write(ByteBuffer.wrap(commands.getBytes(StandardCharsets.US_ASCII)));
      BufferedReader lines =
          new BufferedReader(
              Channels.newReader(channel, StandardCharsets.US_ASCII.newDecoder(), 64 * 1024));
      assertThat(lines.readLine()).isEqualTo("*1");
      long sum = 0;
      String line = lines.readLine();
      while (line != null && line.startsWith(PREFIX)) {
        sum += Long.parseLong(line, PREFIX.length(), line.indexOf('\t', PREFIX.length()), 10);
        line = lines.readLine();
      }
      assertThat(line).matches("\\+1\t(\t\\d+){4}");
      return sum;
    }
  }
}

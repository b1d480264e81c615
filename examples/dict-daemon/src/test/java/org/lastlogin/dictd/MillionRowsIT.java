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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** An iteration of more rows than fit into the memory of the server and the client. */
@Tag("slow")
class MillionRowsIT {
  private static final int ROWS = 1_000_000;
  private static final String VALUE = "v".repeat(100);
  private static final String PATH = "shared/tree/x/";
  private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL", "SQLITE"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
  void allReachTheClient(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    Path socket = directory.resolve("dict");
    try (DaemonProcess daemon =
        DaemonProcess.start(
                directory,
                SMALL_HEAP,
                "--dict",
                DictFiles.option(database, DictFiles.writeAll(directory, database)),
                "--listen",
                "unix:" + socket,
                "--create-tables")
            .awaitStart()
            .awaitLog("its tables exist")) {
      database.execute(
          "INSERT INTO tree (a, b, v) SELECT 'x', n, '" + VALUE + "' FROM " + numbers(kind));
      long sum = (1L + ROWS) * ROWS / 2;
      assertThat(sumOverTheWire(socket)).isEqualTo(sum);
      if (kind == TestDatabases.SQLITE) {
        // The client does not depend on the database, and a million rows take long.
        assertThat(sumOfDictIter(socket)).isEqualTo(sum);
      }
      assertThat(daemon.terminate()).isZero();
      // On a slow machine it exceeds the limit for a warning.
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
      case HOST_MARIADB, MYSQL -> throw new IllegalArgumentException(kind.name());
    };
  }

  /** Iterates all rows, and adds up the numbers that their keys end with. */
  private static long sumOverTheWire(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String commands = "H3\t2\t0\t\tlastlogin\nI0\t0\t" + PATH + "\t\n";
      channel.write(ByteBuffer.wrap(commands.getBytes(StandardCharsets.US_ASCII)));
      BufferedReader lines =
          new BufferedReader(
              Channels.newReader(channel, StandardCharsets.US_ASCII.newDecoder(), 64 * 1024));
      assertThat(lines.readLine()).isEqualTo("*1");
      Numbers numbers = Numbers.of(lines, "+1\tO" + PATH);
      assertThat(numbers.nextLine).matches("\\+1\t(\t\\d+){4}");
      return numbers.sum;
    }
  }

  /** Iterates with the library's own client. */
  private static long sumOfDictIter(Path socket) throws IOException, InterruptedException {
    List<String> command = DaemonProcess.command(SMALL_HEAP);
    command.addAll(List.of("dict", "iter", "proxy:" + socket + ":lastlogin", PATH));
    Process client =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = client.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("key\tvalue");
      Numbers numbers = Numbers.of(lines, PATH);
      assertThat(numbers.nextLine).isNull();
      assertThat(client.waitFor()).isZero();
      return numbers.sum;
    } finally {
      client.destroyForcibly();
    }
  }

  /**
   * Returns the sum of the numbers at the end of the lines' keys.
   *
   * @param nextLine the first line that has no such key, or {@code null}
   */
  private record Numbers(long sum, String nextLine) {
    static Numbers of(BufferedReader lines, String prefix) throws IOException {
      long sum = 0;
      String line = lines.readLine();
      while (line != null && line.startsWith(prefix)) {
        sum += Long.parseLong(line, prefix.length(), line.indexOf('\t', prefix.length()), 10);
        line = lines.readLine();
      }
      return new Numbers(sum, line);
    }
  }
}

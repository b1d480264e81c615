package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dictproto.testing.WireClient;

/**
 * Clients that do not read, in a number for which the server's memory would not suffice if one of
 * them cost 1 MiB: there are 64 of them, and it has 64 MiB in all. Unbounded, each would cost 60
 * MB.
 */
@Tag("slow")
class NonReadingClientsTest {
  private static final int CLIENTS = 64;
  private static final String HELLO = "H3\t2\t0\t\tlastlogin";

  @TempDir Path directory;

  @Test
  void costLittleAndBlockNoOtherClient() throws Exception {
    Path socket = directory.resolve("dict");
    Process server = start(socket);
    List<WireClient> silent = new ArrayList<>();
    try {
      awaitStart(server);
      for (int i = 0; i < CLIENTS; i++) {
        WireClient client = WireClient.connect(socket);
        silent.add(client);
        String wishes = i % 2 == 0 ? "\nLshared/a\t" : "\nI0\t0\tshared/\t";
        client.send(HELLO + wishes.repeat(1000));
        assertServed(socket);
      }
      // What a client asked for is still there once it reads.
      WireClient awake = silent.get(0);
      for (int answers = 0; answers < 1000; ) {
        answers += awake.readLine().startsWith("+") ? 1 : 0;
      }
      assertServed(socket);
      assertThat(server.isAlive()).isTrue();
    } finally {
      for (WireClient client : silent) {
        client.close();
      }
      server.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path socket) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapServer.class.getName(),
            socket.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitStart(Process server) throws IOException {
    assertThat(
            new BufferedReader(
                    new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                .readLine())
        .isEqualTo("serves");
  }

  private static void assertServed(Path socket) throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "B1\t", "S1\tshared/a\t1", "C1");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
    }
  }
}

package org.lastlogin.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dictproto.testing.WireClient;

/** Contract of both daemons. */
abstract class EmbeddedDaemonContract {
  private static final String KEY = "shared/last-login/imap/alice@example.com/example.com";
  private static final Map<String, String> VALUES =
      Map.of(KEY, "1700000001", "shared/odd", "tab\tand\nnewline");

  @TempDir private Path directory;
  private Path socket;
  private AutoCloseable daemon;

  /** Starts a daemon, which answers when this method returns or soon after. */
  abstract AutoCloseable start(Path socket, Map<String, String> values) throws Exception;

  @BeforeEach
  void start() throws Exception {
    socket = directory.resolve("dict");
    daemon = start(socket, VALUES);
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
    assertThat(socket).doesNotExist();
  }

  @Test
  void answersLookupsOfVersion20InOrder() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H2\t0\t0\t\tlastlogin", "L" + KEY, "Lshared/none", "Lshared/odd", "L" + KEY);

      assertThat(client.readLine()).isEqualTo("O1700000001");
      assertThat(client.readLine()).isEqualTo("N");
      assertThat(client.readLine()).isEqualTo("Otab\u0001tand\u0001nnewline");
      assertThat(client.readLine()).isEqualTo("O1700000001");
    }
  }

  @Test
  void answersLookupsOfVersion32() throws IOException {
    assertAnswersLookups("H3\t2\t0\t\tlastlogin");
  }

  @Test
  void answersLookupsOfVersion40() throws IOException {
    assertAnswersLookups("H4\t0\t0\t\tlastlogin");
  }

  private void assertAnswersLookups(String hello) throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(hello, "L" + KEY + "\t", "Lshared/none\t");

      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1700000001");
      assertThat(client.readLine()).isEqualTo("*2");
      assertThat(client.readReply()).isEqualTo("+2\tN");
    }
  }

  @Test
  void answersOtherCommandsWithAFailure() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H3\t2\t0\t\tlastlogin", "B7\t", "S7\tshared/a\t1", "C7", "I0\t0\tshared/\t");

      String error = "This dict supports only lookups";
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tF7\t" + error);
      assertThat(client.readLine()).isEqualTo("*2");
      assertThat(client.readReply()).isEqualTo("+2\tF" + error);
    }
  }

  @Test
  void disconnectsAClientThatBreaksTheRulesAndServesTheNext() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      assertThat(client.send("GET / HTTP/1.1").readLine()).isNull();
    }
    assertAnswersLookups("H3\t2\t0\t\tlastlogin");
  }

  @Test
  void answersWhatCameBeforeABrokenLine() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H3\t2\t0\t\tlastlogin", "L" + KEY + "\t", "GET / HTTP/1.1");

      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1700000001");
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void answersAllThatAClientAsksBeforeItReads() throws IOException {
    int lookups = 30_000;
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H3\t2\t0\t\tlastlogin");
      Thread asking = new Thread(() -> ask(client, lookups), "asking");
      asking.start();
      for (int i = 1; i <= lookups; i++) {
        assertThat(client.readLine()).isEqualTo("*" + i);
        assertThat(client.readReply()).isEqualTo("+" + i + "\tO1700000001");
      }
    }
  }

  private static void ask(WireClient client, int lookups) {
    try {
      client.sendBytes(("L" + KEY + "\t\n").repeat(lookups).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void disconnectsItsClientsWhenItIsClosedAndMayBeClosedAgain() throws Exception {
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H2\t0\t0\t\tlastlogin", "L" + KEY);
      assertThat(client.readLine()).isEqualTo("O1700000001");

      daemon.close();

      assertThat(client.readLine()).isNull();
    }
    daemon.close();
  }

  @Test
  void takesThePlaceOfOneThatWasKilled() throws Exception {
    Path stale = directory.resolve("stale");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(stale))
        .close();
    assertThat(stale).exists();

    try (AutoCloseable next = start(stale, VALUES);
        WireClient client = WireClient.connect(stale)) {
      client.send("H2\t0\t0\t\tlastlogin", "Lshared/none");
      assertThat(client.readLine()).isEqualTo("N");
    }
  }

  @Test
  void leavesAFileAloneThatIsNotASocket() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "precious");

    assertThatThrownBy(() -> start(file, VALUES)).isInstanceOf(IOException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void leavesAPipeAlone() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> start(pipe, VALUES)).isInstanceOf(IOException.class);
    assertThat(pipe).exists();
  }

  @Test
  void leavesALinkAlone() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), socket);

    assertThatThrownBy(() -> start(link, VALUES)).isInstanceOf(IOException.class);
    assertThat(link).isSymbolicLink();
  }

  @Test
  void leavesTheSocketAloneThatHasReplacedItsOwn() throws Exception {
    Path replaced = directory.resolve("replaced");
    try (AutoCloseable first = start(replaced, VALUES);
        AutoCloseable second = start(replaced, VALUES)) {
      first.close();
      try (WireClient client = WireClient.connect(replaced)) {
        client.send("H2\t0\t0\t\tlastlogin", "Lshared/none");
        assertThat(client.readLine()).isEqualTo("N");
      }
      second.close();
      assertThat(replaced).doesNotExist();
    }
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(socket));
  }

  @Test
  void answersARealDoveadm() throws Exception {
    Doveadm.missing().ifPresent(why -> Assumptions.abort(why));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Doveadm doveadm = Doveadm.in(directory);

    assertThat(doveadm.dictGet(socket, KEY)).isEqualTo("1700000001");
    assertThat(doveadm.dictGet(socket, "shared/none"))
        .isEqualTo("Error: shared/none doesn't exist");
  }
}

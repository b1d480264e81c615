package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.testing.CapturedLog;
import org.lastlogin.dictproto.testing.WireClient;

/** Each client does its worst; the next one is served as if nothing had happened. */
class HostileClientTest {
  private static final String HELLO = "H3\t2\t0\t\tlastlogin";

  @TempDir Path directory;

  private final InMemoryDict dict = new InMemoryDict();
  private CapturedLog log;
  private Path socket;
  private DictServer server;

  @BeforeEach
  void start() throws IOException {
    log = new CapturedLog();
    socket = directory.resolve("dict");
    server =
        DictServer.builder()
            .dict("lastlogin", dict)
            .listen(UnixListener.at(socket))
            .listen(TcpListener.onLoopback(0))
            .lineTimeout(Duration.ofSeconds(1))
            .idleTimeout(Duration.ofSeconds(3))
            .limits(DictLimits.builder().answerTime(Duration.ofSeconds(1)).build())
            .start();
  }

  @AfterEach
  void servesTheNextClientAndEnds() throws IOException {
    try (DictServer ended = server;
        CapturedLog read = log) {
      assertServed();
      Awaitility.await().until(() -> ended.connections() == 0);
      assertThat(read.linesWith("ERROR")).isEmpty();
    }
  }

  private void assertServed() throws IOException {
    try (WireClient next = WireClient.connect(socket)) {
      next.send(HELLO, "Lshared/none\t");
      assertThat(next.readLine()).isEqualTo("*1");
      assertThat(next.readReply()).isEqualTo("+1\tN");
    }
  }

  @Test
  void sendsAMegabyteOfTabs() throws IOException {
    assertClosed("\t".repeat(1 << 20), "refused");
  }

  @Test
  void sendsACommandOfAMegabyteOfTabs() throws IOException {
    assertClosed(HELLO + "\nL" + "\t".repeat(1 << 20), "closed");
  }

  @Test
  void sendsLinesOfTabs() throws IOException {
    assertClosed(HELLO + ("\nL" + "\t".repeat(60_000)).repeat(16) + "\n", "closed");
  }

  @Test
  void sendsALineWithoutEnd() throws IOException {
    assertClosed("x".repeat(64 * 1024 + 1), "refused");
    assertClosed(HELLO + "\nL" + "x".repeat(1 << 20), "closed");
  }

  @Test
  void beginsAHundredThousandTransactions() throws IOException {
    StringBuilder begins = new StringBuilder(HELLO);
    for (int i = 0; i < 100_000; i++) {
      begins.append("\nB").append(i).append('\t');
    }
    assertClosed(begins.append('\n').toString(), "closed");
  }

  @Test
  void setsAMillionKeysInOneTransaction() throws Exception {
    StringBuilder sets = new StringBuilder(HELLO).append("\nB1\t");
    for (int i = 0; i < 1_000_000; i++) {
      sets.append("\nS1\tshared/t/").append(i).append("\t1");
    }
    assertClosed(sets.append("\nC1\n").toString(), "closed");
    assertThat(value("shared/t/0")).isEqualTo(LookupResult.notFound());
  }

  @Test
  void numbersATransactionBeyond32Bits() throws IOException {
    String begun = HELLO + "\nB4294967295\t\n";
    assertClosed(begun + "B4294967296\t\n", "closed: BEGIN: the transaction id is not a number");
    assertClosed(begun + "S4294967296\tshared/a\t1\n", "closed: SET: the transaction id is not");
    assertClosed(begun + "C4294967296\n", "closed: COMMIT: the transaction id is not a number");
  }

  @Test
  void sendsWhatIsNoUtf8() throws IOException {
    byte[] line = (HELLO + "\nLshared/??\t\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '?' ? (byte) 0xFF : line[i];
    }
    assertClosed(line, "closed");
  }

  @Test
  void sendsCommandsBeforeItsHello() throws IOException {
    assertClosed("Lshared/a\t\n", "refused");
    assertClosed("B1\t\nS1\tshared/a\t1\nC1\n", "refused");
  }

  @Test
  void saysHelloTwice() throws IOException {
    assertClosed(HELLO + "\n" + HELLO + "\n", "closed");
  }

  @Test
  void saysNothing() throws IOException {
    assertClosed("", "refused: no HELLO within 1 s");
  }

  @Test
  void sendsItsHelloByteByByte() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      sendByteByByteUntilClosed(client);
    }
    assertThat(log.linesWith("refused: no HELLO within 1 s")).hasSize(1);
  }

  @Test
  void sendsACommandByteByByte() throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(HELLO).sendBytes("B1\t\nS1\tshared/a".getBytes(StandardCharsets.US_ASCII));
      sendByteByByteUntilClosed(client);
    }
    assertThat(log.linesWith("closed: a line was begun and not ended within 1 s")).hasSize(1);
  }

  private void sendByteByByteUntilClosed(WireClient client) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try {
                client.sendBytes(new byte[] {'H'});
                return false;
              } catch (IOException closed) {
                return true;
              }
            });
  }

  @Test
  void shutsItsSideDownInTheMiddleOfALine() throws Exception {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "B1\t", "S1\tshared/a\t1", "C1", "Lshared/a\t");
      client.sendBytes("Lshared/".getBytes(StandardCharsets.US_ASCII)).endInput();
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      assertThat(client.readLine()).isEqualTo("*2");
      assertThat(client.readReply()).isEqualTo("+2\tO1");
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void neverReadsItsAnswers() throws Exception {
    fill("shared/big", "v".repeat(60_000));
    try (WireClient client = WireClient.connect(socket);
        WireClient ended = WireClient.connect(socket)) {
      String lookups = "\nLshared/big\t".repeat(1000);
      client.send(HELLO + lookups);
      ended.send(HELLO + lookups).endInput();
      assertServed();
      Awaitility.await().until(() -> server.connections() == 0);
    }
    assertThat(log.linesWith("connection closed: no command for 3 s")).hasSize(2);
  }

  @Test
  void resetsTheConnectionInTheMiddleOfAReply() throws Exception {
    fill("shared/big", "v".repeat(60_000));
    InetSocketAddress address = server.tcpAddresses().get(0);
    try (SocketChannel client = SocketChannel.open(address)) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      String lookups = "Lshared/big\t\n".repeat(500);
      client.write(ByteBuffer.wrap((HELLO + "\n" + lookups).getBytes(StandardCharsets.US_ASCII)));
      assertThat(client.read(ByteBuffer.allocate(1000))).isPositive();
    }
    Awaitility.await().until(() -> server.connections() == 0);
  }

  @Test
  void resetsTheConnectionInTheMiddleOfAnIteration() throws Exception {
    for (int i = 0; i < 100; i++) {
      fill("shared/big/" + i, "v".repeat(60_000));
    }
    InetSocketAddress address = server.tcpAddresses().get(0);
    try (SocketChannel client = SocketChannel.open(address)) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.write(
          ByteBuffer.wrap((HELLO + "\nI0\t0\tshared/big/\t\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(client.read(ByteBuffer.allocate(100_000))).isPositive();
    }
    Awaitility.await().until(() -> server.connections() == 0);
  }

  private void assertClosed(String input, String logged) throws IOException {
    assertClosed(input.getBytes(StandardCharsets.UTF_8), logged);
  }

  private void assertClosed(byte[] input, String logged) throws IOException {
    int before = log.linesWith("connection " + logged).size();
    try (WireClient client = WireClient.connect(socket)) {
      sendAsFarAsPossible(client, input);
      assertThat(client.readLine()).isNull();
    }
    assertThat(log.linesWith("connection " + logged)).hasSize(before + 1);
  }

  private static void sendAsFarAsPossible(WireClient client, byte[] input) {
    int piece = 64 * 1024;
    try {
      for (int from = 0; from < input.length; from += piece) {
        client.sendBytes(Arrays.copyOfRange(input, from, Math.min(from + piece, input.length)));
      }
    } catch (IOException closed) {
      // As expected; the log has the reason.
    }
  }

  private void fill(String key, String value) throws ExecutionException, InterruptedException {
    dict.commit(DictTransaction.builder(DictContext.NO_USER).set(key, value).build())
        .toCompletableFuture()
        .get();
  }

  private LookupResult value(String key) throws ExecutionException, InterruptedException {
    return dict.lookup(key, DictContext.NO_USER).toCompletableFuture().get();
  }
}

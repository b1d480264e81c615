package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.testing.HeldDict;
import org.lastlogin.dictproto.testing.WireClient;

class DictServerTest {
  private static final String HELLO = "H3\t2\t0\t\tlastlogin";

  @TempDir Path directory;

  @Test
  void servesUnixSocketsAndTcpAtOnce() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer server =
        serverOf(new InMemoryDict())
            .listen(UnixListener.at(socket))
            .listen(TcpListener.onLoopback(0))
            .start()) {
      try (WireClient client = WireClient.connect(socket)) {
        client.send(HELLO, "B1\t", "S1\tshared/a\tü", "C1");
        assertThat(client.readLine()).isEqualTo("*1");
        assertThat(client.readLine()).matches("\\+1\tO1(\t\\d+){4}");
      }
      try (WireClient client = WireClient.connect(server.tcpAddresses().get(0))) {
        client.send("H2\t0\t0\t\tlastlogin", "Lshared/a", "Lshared/b", "I0\tshared/");
        assertThat(client.readLine()).isEqualTo("Oü");
        assertThat(client.readLine()).isEqualTo("N");
        assertThat(client.readLine()).isEqualTo("Oshared/a\tü");
        assertThat(client.readLine()).isEmpty();
      }
    }
  }

  @Test
  void closesTheConnectionOfAClientThatBreaksTheRulesAndServesTheNext() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer server = serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start()) {
      String[] broken = {
        "H3\t2\t0\t\tnosuch",
        "H9\t0\t0\t\tlastlogin",
        "Lshared/a\t",
        "\u0000\u0001\u0002\u0003ÿþ",
        HELLO + "\nC7",
        HELLO + "\nX1",
        HELLO + "\n" + HELLO,
        HELLO + "\nL" + "x".repeat(64 * 1024)
      };
      for (String input : broken) {
        try (WireClient client = WireClient.connect(socket)) {
          client.send(input);
          assertThat(client.readLine()).as(input.length() > 100 ? "a long line" : input).isNull();
        }
        assertAnswers(socket);
      }
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  @Test
  void answersWhatCameBeforeTheBrokenLine() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer server = serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "Lshared/a\t", "X");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tN");
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void aLineWithoutEndClosesTheConnectionOnceItIsTooLong() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer server = serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      client.sendBytes("x".repeat(64 * 1024 + 1).getBytes(StandardCharsets.US_ASCII));
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void stopsReadingWhileTooMuchIsPendingAndGoesOnLater() throws Exception {
    Path socket = directory.resolve("dict");
    HeldDict held = new HeldDict();
    DictServer.Builder builder = serverOf(held).gracePeriod(Duration.ofMillis(100));
    try (DictServer server = builder.listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      int limit = DictLimits.DEFAULT.pendingCommands();
      client.send(HELLO);
      for (int i = 0; i < limit + 10; i++) {
        client.send("B1\t", "S1\tshared/a\t1", "C1");
      }
      for (int i = 1; i <= limit; i++) {
        assertThat(client.readLine()).isEqualTo("*" + i);
      }
      assertThat(held.transactions()).hasSize(limit);
      held.answerCommit(0);
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      assertThat(client.readLine()).isEqualTo("*" + (limit + 1));
    }
  }

  @Test
  void answersInTimeWhenTheDictDoesNot() throws Exception {
    Path socket = directory.resolve("dict");
    DictLimits limits = DictLimits.builder().answerTime(Duration.ofMillis(200)).build();
    try (DictServer server =
            serverOf(new HeldDict()).limits(limits).listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "B1\t", "S1\tshared/a\t1", "C1", "Lshared/a\t");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readLine()).isEqualTo("*2");
      assertThat(client.readReply()).isEqualTo("+1\tW1\tNo answer from the dict within 200 ms");
      assertThat(client.readReply()).isEqualTo("+2\tFNo answer from the dict within 200 ms");
    }
  }

  @Test
  void answersWhatIsPendingBeforeItStops() throws Exception {
    Path socket = directory.resolve("dict");
    HeldDict held = new HeldDict();
    DictServer server = serverOf(held).listen(UnixListener.at(socket)).start();
    try (WireClient client = WireClient.connect(socket);
        WireClient idle = WireClient.connect(socket)) {
      client.send(HELLO, "Lshared/a\t");
      assertThat(client.readLine()).isEqualTo("*1");
      CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
      assertThat(idle.readLine()).isNull();
      assertThat(socket).doesNotExist();
      assertThat(closed).isNotDone();

      held.answerLookup(0, "late but there");
      assertThat(client.readReply()).isEqualTo("+1\tOlate but there");
      assertThat(client.readLine()).isNull();
      assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    }
    server.awaitTermination();
  }

  @Test
  void stopsAfterTheGracePeriodWhateverIsPending() throws Exception {
    Path socket = directory.resolve("dict");
    DictServer server =
        serverOf(new HeldDict())
            .gracePeriod(Duration.ofMillis(100))
            .listen(UnixListener.at(socket))
            .start();
    try (WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "Lshared/a\t");
      assertThat(client.readLine()).isEqualTo("*1");
      server.close();
      assertThat(client.readReply()).isEqualTo("+1\tFThe dict server is stopping");
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpItsOwnIterationAlone() throws Exception {
    Path socket = directory.resolve("dict");
    InMemoryDict dict = new InMemoryDict();
    try (DictServer server = serverOf(dict).listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      String value = "v".repeat(60_000);
      int rows = 50;
      client.send(HELLO, "B1\t");
      for (int i = 0; i < rows; i++) {
        client.send("S1\tshared/big/" + i + "\t" + value);
      }
      client.send("C1", "I0\t0\tshared/big/\t");
      assertAnswers(socket);

      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
      assertThat(client.readLine()).isEqualTo("*2");
      for (int i = 0; i < rows; i++) {
        assertThat(client.readLine()).startsWith("+2\tOshared/big/").endsWith(value);
      }
      assertThat(client.readReply()).isEqualTo("+2\t");
    }
  }

  @Test
  void answersAClientThatHasSaidAllItHasToSay() throws Exception {
    Path socket = directory.resolve("dict");
    HeldDict held = new HeldDict();
    try (DictServer server =
        serverOf(held).listen(UnixListener.at(socket)).listen(TcpListener.onLoopback(0)).start()) {
      try (WireClient client = WireClient.connect(socket)) {
        assertAnswersAfterTheEnd(client, held, 0);
      }
      try (WireClient client = WireClient.connect(server.tcpAddresses().get(0))) {
        assertAnswersAfterTheEnd(client, held, 1);
      }
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  private static void assertAnswersAfterTheEnd(WireClient client, HeldDict held, int lookup)
      throws IOException {
    client.send(HELLO, "Lshared/a\t").endInput();
    assertThat(client.readLine()).isEqualTo("*1");
    held.answerLookup(lookup, "v");
    assertThat(client.readReply()).isEqualTo("+1\tOv");
    assertThat(client.readLine()).isNull();
  }

  /** Version 2.0 has its commands carried out one by one: two of them wait when the input ends. */
  @Test
  void carriesOutAllThatCameBeforeTheEnd() throws Exception {
    HeldDict held = new HeldDict();
    Path socket = directory.resolve("dict");
    try (DictServer server = serverOf(held).listen(UnixListener.at(socket)).start();
        WireClient client = WireClient.connect(socket)) {
      client.send("H2\t0\t0\t\tlastlogin", "La", "Lb", "Lc").endInput();
      for (int i = 0; i < 3; i++) {
        int lookups = i + 1;
        Awaitility.await().until(() -> held.lookups() == lookups);
        held.answerLookup(i, "v" + i);
        assertThat(client.readLine()).isEqualTo("Ov" + i);
      }
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void forgetsAClientThatLeftWithoutWaiting() throws Exception {
    Path socket = directory.resolve("dict");
    HeldDict held = new HeldDict();
    try (DictServer server = serverOf(held).listen(UnixListener.at(socket)).start()) {
      try (WireClient client = WireClient.connect(socket)) {
        client.send(HELLO, "Lshared/a\t");
        assertThat(client.readLine()).isEqualTo("*1");
      }
      held.answerLookup(0, "too late");
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  @Test
  void needsADictAndAListener() {
    assertThatThrownBy(() -> DictServer.builder().start())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> serverOf(new InMemoryDict()).dict("lastlogin", new InMemoryDict()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static DictServer.Builder serverOf(Dict dict) {
    return DictServer.builder().dict("lastlogin", dict);
  }

  static void assertAnswers(Path socket) throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send(HELLO, "Lshared/none\t");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tN");
    }
  }
}

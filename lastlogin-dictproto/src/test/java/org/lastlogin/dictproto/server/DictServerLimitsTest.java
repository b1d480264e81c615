package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.dictproto.testing.CapturedLog;
import org.lastlogin.dictproto.testing.HeldDict;
import org.lastlogin.dictproto.testing.WireClient;

class DictServerLimitsTest {
  private static final String HELLO = "H3\t2\t0\t\tlastlogin";

  @TempDir Path directory;

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final DictServerObserver observer =
      new DictServerObserver() {
        @Override
        public void connectionOpened() {
          seen.add("opened");
        }

        @Override
        public void connectionRefused(Refusal reason) {
          seen.add("refused " + reason);
        }

        @Override
        public void connectionClosed() {
          seen.add("closed");
        }

        @Override
        public void commandRefused() {
          seen.add("command refused");
        }
      };

  @Test
  void disconnectsWhoIsOneTooMany() throws Exception {
    Path socket = directory.resolve("dict");
    try (CapturedLog log = new CapturedLog();
        DictServer server = server(socket).maxConnections(2).start()) {
      try (WireClient first = WireClient.connect(socket);
          WireClient second = WireClient.connect(socket);
          WireClient third = WireClient.connect(socket)) {
        assertThat(third.readLine()).isNull();
        assertThat(log.linesWith("connection refused: there are 2 connections already")).hasSize(1);
        assertAnswers(first);
        assertAnswers(second);
      }
      Awaitility.await().until(() -> server.connections() == 0);
      try (WireClient next = WireClient.connect(socket)) {
        assertAnswers(next);
      }
      Awaitility.await().until(() -> server.connections() == 0);
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "opened", "opened", "refused LIMIT", "closed", "closed", "opened", "closed");
  }

  @Test
  void doesNotFloodTheLog() throws Exception {
    Path socket = directory.resolve("dict");
    int refused = 50;
    try (CapturedLog log = new CapturedLog();
        DictServer server = server(socket).start()) {
      for (int i = 0; i < refused; i++) {
        try (WireClient client = WireClient.connect(socket)) {
          client.send("X");
          assertThat(client.readLine()).isNull();
        }
      }
      assertThat(log.linesWith("connection refused: ")).hasSizeBetween(20, 40);
      assertThat(seen.stream().filter("refused HELLO"::equals)).hasSize(refused);
      assertThat(server.connections()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void disconnectsWhoIsIdleAndNotWhoWaits() throws Exception {
    Path socket = directory.resolve("dict");
    HeldDict held = new HeldDict();
    try (CapturedLog log = new CapturedLog();
        DictServer server =
            DictServer.builder()
                .dict("lastlogin", held)
                .listen(UnixListener.at(socket))
                .idleTimeout(Duration.ofMillis(100))
                .start();
        WireClient waits = WireClient.connect(socket);
        WireClient idle = WireClient.connect(socket)) {
      waits.send(HELLO, "Lshared/a\t");
      assertThat(waits.readLine()).isEqualTo("*1");
      idle.send(HELLO, "B1\t", "S1\tshared/a\t1");
      assertThat(idle.readLine()).isNull();
      assertThat(log.linesWith("connection closed: no command for 100 ms")).hasSize(1);
      held.answerLookup(0, "v");
      assertThat(waits.readReply()).isEqualTo("+1\tOv");
      assertThat(held.transactions()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThatThrownBy(() -> DictServer.builder().lineTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DictServer.builder().idleTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DictServer.builder().slowCommand(Duration.ofDays(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DictServer.builder().maxConnections(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private DictServer.Builder server(Path socket) {
    return DictServer.builder()
        .dict("lastlogin", new InMemoryDict())
        .listen(UnixListener.at(socket))
        .observer(observer);
  }

  private static void assertAnswers(WireClient client) throws IOException {
    client.send(HELLO, "Lshared/none\t");
    assertThat(client.readLine()).isEqualTo("*1");
    assertThat(client.readReply()).isEqualTo("+1\tN");
  }
}

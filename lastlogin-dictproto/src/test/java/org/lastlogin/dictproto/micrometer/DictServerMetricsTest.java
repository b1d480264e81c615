package org.lastlogin.dictproto.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.server.DictServer;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.dictproto.testing.WireClient;

class DictServerMetricsTest {
  private static final String HELLO = "H3\t2\t0\t\tlastlogin";

  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void countsWhatTheServerDoes() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer server =
        DictServer.builder()
            .dict("lastlogin", new InMemoryDict())
            .listen(UnixListener.at(socket))
            .observer(DictServerMetrics.create(registry))
            .start()) {
      try (WireClient client = WireClient.connect(socket)) {
        client.send(HELLO, "B1\t", "S1\tshared/a\t1", "C1", "Lshared/b\t", "I0\t0\tshared/\t");
        for (int i = 0; i < 7; i++) {
          assertThat(client.readLine()).isNotNull();
        }
        assertThat(registry.get("dict.server.connections").gauge().value()).isOne();
        client.send("X");
        assertThat(client.readLine()).isNull();
      }
      try (WireClient unknown = WireClient.connect(socket)) {
        unknown.send("H3\t2\t0\t\tother");
        assertThat(unknown.readLine()).isNull();
      }
      Awaitility.await().until(() -> registry.get("dict.server.connections").gauge().value() == 0);
    }
    assertThat(count("dict.server.connections.opened")).isEqualTo(2);
    assertThat(count("dict.server.connections.refused", "reason", "hello")).isOne();
    assertThat(count("dict.server.connections.refused", "reason", "limit")).isZero();
    assertThat(count("dict.server.commands.refused")).isOne();
    assertThat(count("dict.server.rows")).isOne();
    assertThat(timer("commit", "ok").count()).isOne();
    assertThat(timer("commit", "ok").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(timer("lookup", "not_found").count()).isOne();
    assertThat(timer("iterate", "ok").count()).isOne();
    assertThat(timer("iterate", "given_up").count()).isZero();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private Timer timer(String command, String outcome) {
    return registry
        .get("dict.server.commands")
        .tags("command", command, "outcome", outcome)
        .timer();
  }
}

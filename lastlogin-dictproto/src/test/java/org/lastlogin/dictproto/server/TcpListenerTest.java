package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.testing.CapturedLog;
import org.lastlogin.dictproto.testing.HeldDict;
import org.lastlogin.dictproto.testing.TestTls;
import org.lastlogin.dictproto.testing.WireClient;

class TcpListenerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final InetSocketAddress EVERYWHERE = new InetSocketAddress("0.0.0.0", 0);
  private static final String HELLO = "H3\t2\t0\t\tlastlogin\n";
  private static final int TIMEOUT_MILLIS = 40_000;

  private static TestTls us;
  private static TestTls client;
  private static TestTls stranger;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    us = TestTls.make(directory);
    client = TestTls.make(directory);
    stranger = TestTls.make(directory);
  }

  @Test
  void listensBeyondLoopbackOnlyWhenAskedTo() throws Exception {
    assertThatThrownBy(() -> TcpListener.at(EVERYWHERE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0 is not a loopback address");
    assertThatThrownBy(
            () -> TcpListener.unprotected(InetSocketAddress.createUnresolved("no.invalid", 1)))
        .hasMessage("The host no.invalid cannot be resolved");
    assertThat(TcpListener.withTls(EVERYWHERE, us.trusting(client))).hasToString("tls:0.0.0.0:0");
    try (DictServer server = serverAt(TcpListener.unprotected(EVERYWHERE));
        WireClient anybody = WireClient.connect(onLoopback(server))) {
      anybody.send(HELLO + "Lshared/none\t");
      assertThat(anybody.readLine()).isEqualTo("*1");
      assertThat(anybody.readReply()).isEqualTo("+1\tN");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesClientsWithTheRightCertificate(String version) throws Exception {
    try (DictServer server = tlsServer()) {
      try (SSLSocket socket = connect(server, client.trusting(us), version)) {
        assertThat(ask(socket)).isEqualTo("*1 +1\tN");
      }
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void refusesOthersSaysWhyAndServesTheNext(String version) throws Exception {
    try (CapturedLog log = new CapturedLog();
        DictServer server = tlsServer()) {
      assertRefused(server, stranger.trusting(us), version);
      assertThat(log.linesWith("connection refused: TLS handshake failed: ")).hasSize(1);
      assertRefused(server, us.trustedByAnonymous(), version);
      assertThat(log.linesWith("connection refused: TLS handshake failed: ")).hasSize(2);
      assertThat(log.linesWith("ERROR")).isEmpty();
      try (SSLSocket socket = connect(server, client.trusting(us), version)) {
        assertThat(ask(socket)).isEqualTo("*1 +1\tN");
      }
    }
  }

  @Test
  void refusesWhoDoesNotSpeakTls() throws Exception {
    try (CapturedLog log = new CapturedLog();
        DictServer server = tlsServer();
        WireClient plain = WireClient.connect(onLoopback(server))) {
      plain.send(HELLO);
      Awaitility.await().until(() -> server.connections() == 0);
      assertThat(log.linesWith("connection refused: TLS handshake failed: "))
          .singleElement()
          .asString()
          .contains("not an SSL/TLS record");
    }
  }

  @Test
  void disconnectsWhoDoesNotFinishTheHandshake() throws Exception {
    try (CapturedLog log = new CapturedLog();
        DictServer server =
            DictServer.builder()
                .dict("lastlogin", new InMemoryDict())
                .listen(TcpListener.withTls(ANY_PORT, us.trusting(client)))
                .lineTimeout(Duration.ofMillis(200))
                .start();
        WireClient silent = WireClient.connect(onLoopback(server))) {
      assertThat(silent.readLine()).isNull();
      assertThat(log.linesWith("connection refused: ")).hasSize(1);
      assertThat(log.linesWith("connection refused: no HELLO within 200 ms")).hasSize(1);
    }
  }

  @Test
  void answersAClientThatHasSaidAllItHasToSay() throws Exception {
    HeldDict held = new HeldDict();
    try (DictServer server =
            DictServer.builder()
                .dict("lastlogin", held)
                .listen(TcpListener.withTls(ANY_PORT, us.trusting(client)))
                .start();
        SSLSocket socket = connect(server, client.trusting(us), "TLSv1.3")) {
      send(socket, HELLO + "Lshared/a\t\n");
      BufferedReader replies = replies(socket);
      assertThat(replies.readLine()).isEqualTo("*1");
      socket.shutdownOutput();
      held.answerLookup(0, "v");
      assertThat(WireClient.withoutTimes(replies.readLine())).isEqualTo("+1\tOv");
      assertThat(replies.readLine()).isNull();
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }

  private static void assertRefused(DictServer server, SSLContext context, String version)
      throws Exception {
    // Whether the handshake itself fails or the first read depends on the version of TLS.
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = connect(server, context, version)) {
                ask(socket);
              }
            })
        .isInstanceOf(IOException.class);
    Awaitility.await().until(() -> server.connections() == 0);
  }

  private static String ask(SSLSocket socket) throws IOException {
    send(socket, HELLO + "Lshared/none\t\n");
    BufferedReader replies = replies(socket);
    String accepted = replies.readLine();
    if (accepted == null) {
      throw new IOException("The server has closed the connection");
    }
    return accepted + " " + WireClient.withoutTimes(replies.readLine());
  }

  private static void send(SSLSocket socket, String lines) throws IOException {
    socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedReader replies(SSLSocket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static SSLSocket connect(DictServer server, SSLContext context, String version)
      throws IOException {
    InetSocketAddress address = onLoopback(server);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  private static InetSocketAddress onLoopback(DictServer server) {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), server.tcpAddresses().get(0).getPort());
  }

  private static DictServer tlsServer() throws Exception {
    return serverAt(TcpListener.withTls(ANY_PORT, us.trusting(client)));
  }

  private static DictServer serverAt(TcpListener listener) throws IOException {
    return DictServer.builder().dict("lastlogin", new InMemoryDict()).listen(listener).start();
  }
}

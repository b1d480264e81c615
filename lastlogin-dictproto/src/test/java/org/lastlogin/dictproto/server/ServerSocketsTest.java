package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lastlogin.dictproto.server.DictServerTest.assertAnswers;
import static org.lastlogin.dictproto.server.DictServerTest.serverOf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.dict.InMemoryDict;

/** The sockets at which a server listens, from its start to its end. */
class ServerSocketsTest {
  @TempDir Path directory;

  @Test
  void givesTheSocketItsModeAndGroupAndRemovesItInTheEnd() throws Exception {
    Path socket = directory.resolve("dict");
    String group = Files.readAttributes(directory, PosixFileAttributes.class).group().getName();
    try (DictServer server =
        serverOf(new InMemoryDict())
            .listen(UnixListener.at(socket).mode(0660).group(group))
            .start()) {
      PosixFileAttributes attributes = Files.readAttributes(socket, PosixFileAttributes.class);
      assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("rw-rw----");
      assertThat(attributes.group().getName()).isEqualTo(group);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void replacesTheSocketOfADeadServer() throws Exception {
    Path socket = directory.resolve("dict");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (DictServer server = serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start()) {
      assertAnswers(socket);
    }
  }

  @Test
  void leavesALiveServersSocketAlone() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer first = serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start()) {
      assertThatThrownBy(() -> serverOf(new InMemoryDict()).listen(UnixListener.at(socket)).start())
          .isInstanceOf(IOException.class)
          .hasMessage(socket + ": another server answers at this socket; stop it first");
      assertAnswers(socket);
    }
  }

  @Test
  void leavesAnotherFileAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("dict"), "precious");
    assertThatThrownBy(() -> serverOf(new InMemoryDict()).listen(UnixListener.at(file)).start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the file there is not a socket");
    assertThat(file).hasContent("precious");
  }

  @Test
  void leavesAPipeAlone() throws Exception {
    Path pipe = directory.resolve("dict");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> serverOf(new InMemoryDict()).listen(UnixListener.at(pipe)).start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a socket");
    assertThat(pipe).exists();
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    assertThatThrownBy(
            () ->
                serverOf(new InMemoryDict())
                    .listen(UnixListener.at(directory.resolve("no/dict")))
                    .start())
        .hasMessageContaining("the directory for the socket does not exist; create it first");
    assertThatThrownBy(
            () ->
                serverOf(new InMemoryDict())
                    .listen(UnixListener.at(directory.resolve("dict")).group("no-such-group"))
                    .start())
        .hasMessageContaining("the group no-such-group does not exist");
    assertThat(directory).isEmptyDirectory();
    assertThatThrownBy(() -> UnixListener.at("x").mode(01000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TcpListener.at(new InetSocketAddress("192.0.2.1", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a loopback address");
  }

  @Test
  void takesNoOtherAddressIfOneCannotBeHad() throws Exception {
    Path socket = directory.resolve("dict");
    try (DictServer first =
        serverOf(new InMemoryDict()).listen(TcpListener.onLoopback(0)).start()) {
      TcpListener taken = TcpListener.at(first.tcpAddresses().get(0));
      assertThatThrownBy(
              () ->
                  serverOf(new InMemoryDict())
                      .listen(UnixListener.at(socket))
                      .listen(taken)
                      .start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot listen at " + taken);
    }
    assertThat(directory).isEmptyDirectory();
  }
}

package org.lastlogin.dictproto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dictproto.testing.WireClient;

/** What other users and other servers do in a socket's directory. */
class UnixSocketFileTest {
  private static final int MAIL_USER = 5000;

  @TempDir Path directory;
  private Path socket;

  @BeforeEach
  void letOthersEnter() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    socket = directory.resolve("dict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxrwxrwx", "rwxr-x-w-"})
  void refusesADirectoryThatOthersMayWrite(String mode) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    String user = Files.getOwner(directory).getName();

    assertThatThrownBy(() -> start(socket))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            directory
                + ": other users may write to this directory (owner "
                + user
                + ", mode "
                + mode
                + ") and could replace the socket "
                + socket
                + "; choose one that only its owner may write to, such as one made by: install -d -m 0755 -o "
                + user
                + " /run/lastlogin");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryBelowOneThatOthersMayWrite() throws Exception {
    Path below = Files.createDirectories(directory.resolve("a/b"));
    Files.setAttribute(directory.resolve("a"), "unix:mode", 0777);

    assertRefuses(below.resolve("dict"), directory.resolve("a"));
  }

  @Test
  void refusesALinkToADirectoryThatOthersMayWrite() throws Exception {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setAttribute(open, "unix:mode", 0777);
    Path link = Files.createSymbolicLink(directory.resolve("link"), open);

    assertRefuses(link.resolve("dict"), open);
  }

  @Test
  void refusesADirectoryOfAnotherUser() throws Exception {
    assumeRoot();
    Files.setAttribute(directory, "unix:uid", MAIL_USER);

    assertRefuses(socket, directory);
  }

  private static void assertRefuses(Path socket, Path directory) {
    assertThatThrownBy(() -> start(socket))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(directory + ": other users may write to this directory");
    assertThat(socket.getParent()).isEmptyDirectory();
  }

  /** As in {@code /tmp}, where users cannot rename or remove the files of others. */
  @Test
  void acceptsAStickyDirectory() throws Exception {
    Files.setAttribute(directory, "unix:mode", 01777);

    try (DictServer server = start(socket)) {
      assertAnswers(socket);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void acceptsALinkToADirectory() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);

    try (DictServer server = start(link.resolve("dict"))) {
      assertAnswers(real.resolve("dict"));
    }
    assertThat(real).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "missing", "socket", "."})
  void leavesALinkInItsPlaceAlone(String target) throws Exception {
    Path secret = secret();
    try (ServerSocketChannel other = bind(directory.resolve("socket"))) {
      Files.createSymbolicLink(socket, Path.of(target));

      assertThatThrownBy(() -> start(socket))
          .hasMessage(
              socket + ": the file there is not a socket; remove it, or choose another path");
    }
    assertThat(socket).isSymbolicLink();
    assertIsUntouched(secret);
    assertThat(directory.resolve("missing")).doesNotExist();
  }

  /** Up to now, the socket was bound at this name first. */
  @Test
  void followsNoLinkThatWasPlanted() throws Exception {
    Path secret = secret();
    Path planted = Files.createSymbolicLink(directory.resolve("dict.new"), secret);

    try (DictServer server = start(socket)) {
      assertAnswers(socket);
    }
    assertThat(planted).isSymbolicLink();
    assertIsUntouched(secret);
    assertThat(socket).doesNotExist();
  }

  @Test
  void isBoundInAPrivateDirectory() throws Exception {
    UnixSocketFile file = UnixSocketFile.prepare(UnixListener.at(socket).mode(0666));
    Path bound = file.address().getPath();
    try (ServerSocketChannel channel = bind(bound)) {
      assertThat(Files.getPosixFilePermissions(bound.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(socket).doesNotExist();

      file.publish();
      assertThat(directory).isDirectoryNotContaining(path -> !path.equals(socket));
      assertThat(Files.getPosixFilePermissions(socket))
          .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));

      file.remove();
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void strangerCannotConnectWhateverTheUmask(@TempDir Path files) throws Exception {
    assumeRoot();
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (SocketStranger stranger = SocketStranger.start(directory, MAIL_USER, files)) {
      String command =
          "umask 000; exec '%s/bin/java' -cp '%s' %s '%s'"
              .formatted(
                  System.getProperty("java.home"),
                  System.getProperty("java.class.path"),
                  SocketStarts.class.getName(),
                  socket);
      assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
      assertThat(stranger.connections()).isEmpty();
    }
  }

  @Test
  void leavesTheSocketsOfOtherServersAlone() throws Exception {
    Path starting = directory.resolve("dict.new");
    Path replacement = directory.resolve("replacement");
    try (DictServer server = start(socket);
        ServerSocketChannel first = bind(starting);
        ServerSocketChannel second = bind(replacement)) {
      Files.move(replacement, socket, StandardCopyOption.ATOMIC_MOVE);
      server.close();

      assertThat(starting).exists();
      assertThat(socket).exists();
    }
  }

  @Test
  void removesLeftoversOfAKilledServer() throws Exception {
    Path left = leftover("dict.0123ab");
    Path starting = UnixSocketFile.prepare(UnixListener.at(socket)).address().getPath().getParent();
    Path other = leftover("other.0123ab");
    Path backup = leftover("dict.backup");
    Path full = leftover("dict.decade");
    Files.createFile(full.resolve("precious"));
    makeOld(full);

    try (DictServer server = start(socket)) {
      assertAnswers(socket);
    }
    assertThat(directory)
        .isDirectoryContaining(starting::equals)
        .isDirectoryContaining(other::equals)
        .isDirectoryContaining(backup::equals)
        .isDirectoryContaining(full::equals)
        .isDirectoryNotContaining(left::equals);
    assertThat(full.resolve("precious")).exists();
  }

  private Path leftover(String name) throws IOException {
    Path left = Files.createDirectory(directory.resolve(name));
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwx------"));
    bind(left.resolve("s")).close();
    makeOld(left);
    return left;
  }

  private static void makeOld(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
  }

  /** The JDK takes 106 bytes on Linux, and the server needs 9 more while it starts. */
  @Test
  void saysHowLongThePathMayBe() throws Exception {
    int room = 97 - directory.toString().length() - 2;
    Path parent = Files.createDirectory(directory.resolve("d".repeat(room - 10)));
    Path longest = parent.resolve("s".repeat(10));
    assertThat(longest.toString()).hasSize(97);
    try (DictServer server = start(longest)) {
      assertAnswers(longest);
    }
    Path tooLong = parent.resolve("s".repeat(13));
    assertThatThrownBy(() -> start(tooLong))
        .hasMessage(
            tooLong
                + ": the path is 3 bytes too long for a Unix socket; use one of at most 97 bytes");
    assertThat(parent).isEmptyDirectory();
  }

  private static DictServer start(Path socket) throws IOException {
    return DictServer.builder()
        .dict("lastlogin", new InMemoryDict())
        .listen(UnixListener.at(socket).mode(0660))
        .start();
  }

  private static void assertAnswers(Path socket) throws IOException {
    try (WireClient client = WireClient.connect(socket)) {
      client.send("H3\t2\t0\t\tlastlogin", "Lshared/none\t");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tN");
    }
  }

  private static ServerSocketChannel bind(Path path) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }

  private Path secret() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "precious");
    return Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
  }

  private static void assertIsUntouched(Path secret) throws IOException {
    assertThat(secret).hasContent("precious");
    assertThat(Files.getPosixFilePermissions(secret, LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root to act as others");
  }
}

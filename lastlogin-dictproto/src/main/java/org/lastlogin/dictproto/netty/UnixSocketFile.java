package org.lastlogin.dictproto.netty;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket: is bound under a passing name, made ready there, and moved to its
 * place, so that nobody meets it with a wrong mode, and a stale one vanishes in the same moment.
 * Not safe for use by several threads.
 */
final class UnixSocketFile {
  /** Of a file's mode: the bits that tell its type, and what they are for a socket. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private final UnixListener listener;
  private final Path passing;
  private @Nullable Object fileKey;

  UnixSocketFile(UnixListener listener) {
    this.listener = listener;
    this.passing = listener.path().resolveSibling(listener.path().getFileName() + ".new");
  }

  /** Where to bind the socket first. */
  UnixDomainSocketAddress passingAddress() {
    return UnixDomainSocketAddress.of(passing);
  }

  /** Makes sure that the place is free, or held by a socket behind which nobody answers. */
  void prepare() throws IOException {
    Path parent = listener.path().toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new NoSuchFileException(
          listener.path().toString(),
          null,
          "the directory for the socket does not exist; create it first");
    }
    requireReplaceable(listener.path());
    requireReplaceable(passing);
    Files.deleteIfExists(passing);
  }

  private static void requireReplaceable(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new FileSystemException(
          path.toString(), null, "there is a file that is no socket; it is left alone");
    }
    if (isAnswered(path)) {
      throw new BindException(path + ": another server answers at this socket; stop it first");
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & FILE_TYPE) == SOCKET;
  }

  private static boolean isAnswered(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (ConnectException refused) {
      return false;
    }
  }

  /** Gives the bound socket its mode and group, and puts it in its place. */
  void publish() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(passing, PosixFileAttributeView.class);
    if (listener.group().isPresent()) {
      view.setGroup(findGroup(listener.group().get()));
    }
    view.setPermissions(listener.permissions());
    fileKey = view.readAttributes().fileKey();
    Files.move(passing, listener.path(), StandardCopyOption.ATOMIC_MOVE);
  }

  private GroupPrincipal findGroup(String name) throws IOException {
    try {
      return passing
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      FileSystemException clearer =
          new FileSystemException(
              listener.path().toString(), null, "the group " + name + " does not exist");
      clearer.initCause(e);
      throw clearer;
    }
  }

  /** Removes the socket, unless another server has put its own in the place meanwhile. */
  void remove() throws IOException {
    Files.deleteIfExists(passing);
    if (fileKey != null && isOwn(listener.path())) {
      Files.delete(listener.path());
    }
  }

  private boolean isOwn(Path path) throws IOException {
    try {
      Object present =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return Objects.equals(fileKey, present);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}

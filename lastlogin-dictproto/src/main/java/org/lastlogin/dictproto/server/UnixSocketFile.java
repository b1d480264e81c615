package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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
 * The file of a Unix socket. The socket is bound in a {@linkplain PrivateDirectory private
 * directory} next to its path, gets its mode and group there, and is renamed to its path. So no
 * client can connect while the mode is that of the umask, no user can replace the file whose mode
 * and group change by a link, and a stale socket is replaced atomically.
 *
 * <p>Only the file that was bound is removed. Between the comparison and the removal, only root and
 * the user of the process could replace it, and no server does while this one still listens. Until
 * then, no other file can have the inode by which it is recognised. Not safe for use by several
 * threads.
 */
final class UnixSocketFile {
  /** The bits of a file's mode that are its type, and their value for a socket. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;

  /**
   * The longest path of a Unix socket that the JDK takes on Linux; the system takes one byte more.
   */
  private static final int MAX_ADDRESS_BYTES = 106;

  private final UnixListener listener;
  private final Path path;
  private final PrivateDirectory privateDirectory;
  private final Path bound;
  private @Nullable Object fileKey;

  private UnixSocketFile(UnixListener listener, Path path) {
    this.listener = listener;
    this.path = path;
    this.privateDirectory = PrivateDirectory.beside(path);
    this.bound = privateDirectory.socket();
  }

  /**
   * Requires that the path is safe, and unused or the socket of a server that does not answer, and
   * creates the private directory.
   */
  static UnixSocketFile prepare(UnixListener listener) throws IOException {
    Path directory = SocketDirectory.require(listener.path());
    // A name alone is kept: it has no links to resolve, and its directory may have a long path.
    Path path =
        listener.path().getNameCount() == 1 && !listener.path().isAbsolute()
            ? listener.path()
            : directory.resolve(listener.path().getFileName());
    UnixSocketFile file = new UnixSocketFile(listener, path);
    file.requireRoom();
    file.requireReplaceable();
    file.createPrivateDirectory();
    return file;
  }

  private void requireRoom() throws IOException {
    int excess = bytes(bound) - MAX_ADDRESS_BYTES;
    if (excess > 0) {
      throw new FileSystemException(
          path.toString(),
          null,
          "the path is %d bytes too long for a Unix socket; use one of at most %d bytes"
              .formatted(excess, bytes(path) - excess));
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private void requireReplaceable() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new FileSystemException(
          listener.path().toString(),
          null,
          "the file there is not a socket; remove it, or choose another path");
    }
    if (isAnswered(path)) {
      throw new BindException(
          listener.path() + ": another server answers at this socket; stop it first");
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

  private void createPrivateDirectory() throws IOException {
    try {
      privateDirectory.create();
    } catch (AccessDeniedException e) {
      throw explained("this process may not write to the directory of the socket", e);
    }
  }

  /** Returns the address to bind the socket to first. */
  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(bound);
  }

  /** Gives the bound socket its mode and group, and renames it to its path. */
  void publish() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(bound, PosixFileAttributeView.class);
    if (listener.group().isPresent()) {
      view.setGroup(findGroup(listener.group().get()));
    }
    view.setPermissions(listener.permissions());
    fileKey = view.readAttributes().fileKey();
    Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
    privateDirectory.delete();
  }

  private GroupPrincipal findGroup(String name) throws IOException {
    try {
      return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw explained("the group " + name + " does not exist", e);
    }
  }

  private FileSystemException explained(String reason, IOException cause) {
    FileSystemException explained =
        new FileSystemException(listener.path().toString(), null, reason);
    explained.initCause(cause);
    return explained;
  }

  /**
   * Removes the socket, unless another server has replaced it since. The socket must still be open:
   * until it is closed, no other file can have its inode number.
   */
  void remove() throws IOException {
    privateDirectory.delete();
    if (fileKey != null && isOwn()) {
      Files.delete(path);
    }
  }

  private boolean isOwn() throws IOException {
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

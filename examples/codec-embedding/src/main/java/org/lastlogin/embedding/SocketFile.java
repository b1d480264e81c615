package org.lastlogin.embedding;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * File of a daemon's socket: bound in a private directory, and then renamed to its path. This
 * replaces a socket that a killed daemon has left. Netty, which deletes the path that it bound,
 * finds no file there. And a daemon could set the socket's mode before clients connect. Not
 * thread-safe.
 */
final class SocketFile {
  /** The bits of a file's mode that hold its type, and their value for a socket. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private final Path path;
  private final Object fileKey;

  private SocketFile(Path path, Object fileKey) {
    this.path = path;
    this.fileKey = fileKey;
  }

  /** Binds a socket. */
  @FunctionalInterface
  interface Binding {
    void bind(UnixDomainSocketAddress address) throws IOException;
  }

  /** Binds a socket and renames it to a path, where only another socket may exist. */
  static SocketFile create(Path path, Binding binding) throws IOException {
    // DictServer also checks that no other daemon answers there and that no other user may write to
    // the directory.
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
      throw new FileAlreadyExistsException(path.toString(), null, "it is not a socket");
    }
    Path directory = Files.createTempDirectory(path.toAbsolutePath().getParent(), "dict");
    Path bound = directory.resolve("s");
    try {
      binding.bind(UnixDomainSocketAddress.of(bound));
      SocketFile file = new SocketFile(path, fileKey(bound));
      Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } finally {
      Files.deleteIfExists(bound);
      Files.delete(directory);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & FILE_TYPE) == SOCKET;
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /**
   * Deletes the file, unless another daemon has replaced it. Call it before the socket is closed.
   */
  void remove() throws IOException {
    try {
      if (fileKey(path).equals(fileKey)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException gone) {
      // Already deleted.
    }
  }
}

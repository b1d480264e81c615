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
 * The file of a daemon's socket: bound in a directory that nobody else may enter, and then renamed
 * to its place. So a socket that a killed daemon left behind is replaced, Netty, which removes the
 * path that it bound, finds nothing there, and a daemon could set the socket's mode before anybody
 * connects. Not safe for use by several threads.
 */
final class SocketFile {
  /** Of a file's mode: the bits that tell its type, and what they are for a socket. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private final Path place;
  private final Object fileKey;

  private SocketFile(Path place, Object fileKey) {
    this.place = place;
    this.fileKey = fileKey;
  }

  /** Binds a socket. */
  @FunctionalInterface
  interface Binding {
    void bind(UnixDomainSocketAddress address) throws IOException;
  }

  /** Binds a socket and puts it in its place, where nothing but another socket may be. */
  static SocketFile create(Path place, Binding binding) throws IOException {
    // DictServer also checks that no other daemon answers there and that nobody else may write to
    // the directory.
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !isSocket(place)) {
      throw new FileAlreadyExistsException(place.toString(), null, "it is not a socket");
    }
    Path directory = Files.createTempDirectory(place.toAbsolutePath().getParent(), "dict");
    Path bound = directory.resolve("s");
    try {
      binding.bind(UnixDomainSocketAddress.of(bound));
      SocketFile file = new SocketFile(place, fileKey(bound));
      Files.move(bound, place, StandardCopyOption.ATOMIC_MOVE);
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
   * Removes it, unless another daemon has replaced it; to be called before the socket is closed.
   */
  void remove() throws IOException {
    try {
      if (fileKey(place).equals(fileKey)) {
        Files.delete(place);
      }
    } catch (NoSuchFileException gone) {
      // Nothing is left to do.
    }
  }
}

package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory next to a socket's path, in which the socket is bound: {@code dict.3fa9c1} for {@code
 * dict}. Its name is short, because the address of a Unix socket must be, and random, so that
 * servers that start and stop at the same time use different ones. Not safe for use by several
 * threads.
 */
final class PrivateDirectory {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A start takes milliseconds: an older directory is left over from a killed server. */
  private static final Duration LEFTOVER_AGE = Duration.ofMinutes(1);

  private final Path place;
  private final Path path;

  private PrivateDirectory(Path place, Path path) {
    this.place = place;
    this.path = path;
  }

  /** Returns a private directory for a socket's path. It does not exist yet. */
  static PrivateDirectory beside(Path place) {
    String suffix = ".%06x".formatted(RANDOM.nextInt(1 << 24));
    return new PrivateDirectory(place, place.resolveSibling(place.getFileName() + suffix));
  }

  /** Returns the path at which the socket is bound. */
  Path socket() {
    return socketIn(path);
  }

  private static Path socketIn(Path directory) {
    return directory.resolve("s");
  }

  /** Creates it, and deletes leftovers of earlier servers at the same path. */
  void create() throws IOException {
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    deleteLeftovers();
  }

  private void deleteLeftovers() {
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(path.toAbsolutePath().getParent(), this::isLeftover)) {
      for (Path sibling : siblings) {
        delete(sibling);
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("cannot delete the leftovers of an earlier server: {}", e.toString());
    }
  }

  private boolean isLeftover(Path sibling) throws IOException {
    if (!Pattern.matches(
        Pattern.quote(place.getFileName() + ".") + "[0-9a-f]{6}",
        sibling.getFileName().toString())) {
      return false;
    }
    PosixFileAttributes attributes = attributes(sibling);
    FileTime recent = FileTime.from(Instant.now().minus(LEFTOVER_AGE));
    return attributes.isDirectory()
        && attributes.permissions().equals(OWNER_ONLY)
        && attributes.owner().equals(attributes(path).owner())
        && attributes.lastModifiedTime().compareTo(recent) < 0;
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes it and the socket in it, if they exist. */
  void delete() throws IOException {
    delete(path);
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(socketIn(directory));
    Files.deleteIfExists(directory);
  }
}

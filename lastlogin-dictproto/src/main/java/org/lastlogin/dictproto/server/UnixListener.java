package org.lastlogin.dictproto.server;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket, the only way in which Dovecot's processes connect to a dict server. Immutable.
 *
 * <p>The socket appears with its final mode and group, or not at all. A stale socket of a dead
 * server is replaced; a socket at which a server answers is an error, and so is any other file at
 * the path, including a link. When the server stops, it removes its own socket and no other.
 *
 * <p>The directory must exist. Only root and the user of the process may be able to write to it or
 * to one above it: other users could replace the socket. So each of these directories must belong
 * to one of the two, and be writable by its owner only, or sticky. In a sticky directory such as
 * {@code /tmp} other users cannot replace the socket, but can take its name while the server is not
 * running: use one for experiments only. Links in the path of the directory are resolved once, when
 * the server starts.
 *
 * <p>On Linux the path, with links resolved, has at most 97 bytes. A name without a directory is
 * for the current directory, whose path does not count.
 */
public final class UnixListener implements DictListener {
  private static final int MAX_MODE = 0777;

  private final Path path;
  private final Set<PosixFilePermission> permissions;
  private final @Nullable String group;

  private UnixListener(Path path, Set<PosixFilePermission> permissions, @Nullable String group) {
    this.path = path;
    this.permissions = permissions;
    this.group = group;
  }

  /** A socket at a path that only its owner may use. */
  public static UnixListener at(String path) {
    return at(Path.of(path));
  }

  /** A socket at a path that only its owner may use. */
  public static UnixListener at(Path path) {
    return new UnixListener(path, PosixFilePermissions.fromString("rw-------"), null);
  }

  /**
   * Returns the same socket with other permissions, written as in {@code rw-rw----}. A client needs
   * the permission to write.
   *
   * @throws IllegalArgumentException if the text is not in this form
   */
  public UnixListener mode(String permissions) {
    return new UnixListener(path, PosixFilePermissions.fromString(permissions), group);
  }

  /**
   * Returns the same socket with other permissions, written as a number such as {@code 0660}.
   *
   * @throws IllegalArgumentException if the number has other bits than these
   */
  public UnixListener mode(int mode) {
    if (mode < 0 || mode > MAX_MODE) {
      throw new IllegalArgumentException(
          "A socket's mode is from 0 to 0777, not " + Integer.toOctalString(mode));
    }
    PosixFilePermission[] fromHighest = {
      PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE
    };
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < fromHighest.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        set.add(fromHighest[i]);
      }
    }
    return new UnixListener(path, Set.copyOf(set), group);
  }

  /** Returns the same socket with another group than that of the process. */
  public UnixListener group(String name) {
    return new UnixListener(path, permissions, Objects.requireNonNull(name, "name"));
  }

  /** Returns the path of the socket. */
  public Path path() {
    return path;
  }

  /** Returns its permissions. */
  public Set<PosixFilePermission> permissions() {
    return permissions;
  }

  /** Returns its group; empty for that of the process. */
  public Optional<String> group() {
    return Optional.ofNullable(group);
  }

  @Override
  public String toString() {
    return "unix:" + path;
  }
}

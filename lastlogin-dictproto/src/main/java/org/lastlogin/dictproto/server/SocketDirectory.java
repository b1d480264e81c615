package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * Checks that the directory of a Unix socket is safe: that only root and the user of the process
 * can replace its files, or the directory itself. So it and all directories above it must
 *
 * <ul>
 *   <li>belong to root or that user, and
 *   <li>be writable by their owner only, or sticky, as {@code /tmp} is: there users cannot rename
 *       or remove the files of others.
 * </ul>
 *
 * <p>sshd's {@code StrictModes} applies the same rule to files that it trusts, but makes no
 * exception for sticky directories. Group members may not write either, because a group's members
 * change. Access control lists need no separate check: the group's part of the mode is the most
 * that they allow.
 */
final class SocketDirectory {
  private static final int STICKY = 01000;

  private static final int WRITABLE_BY_OTHERS = 0022;

  private static final int ROOT = 0;

  private SocketDirectory() {}

  /**
   * Returns the directory of a socket with all links resolved, so that a link that changes later
   * has no effect.
   *
   * @throws FileSystemException if the directory does not exist or is not safe
   */
  static Path require(Path socket) throws IOException {
    Path given = socket.toAbsolutePath().getParent();
    if (given == null || !Files.isDirectory(given)) {
      throw new NoSuchFileException(
          socket.toString(), null, "the directory for the socket does not exist; create it first");
    }
    Path directory = given.toRealPath();
    UserPrincipal user = processUser();
    for (Path path = directory; path != null; path = path.getParent()) {
      requireSafe(path, socket, user);
    }
    return directory;
  }

  private static void requireSafe(Path directory, Path socket, UserPrincipal user)
      throws IOException {
    UserPrincipal owner = Files.getOwner(directory);
    int mode = (Integer) Files.getAttribute(directory, "unix:mode");
    boolean ownerIsTrusted =
        owner.equals(user) || Files.getAttribute(directory, "unix:uid").equals(ROOT);
    if (ownerIsTrusted && ((mode & WRITABLE_BY_OTHERS) == 0 || (mode & STICKY) != 0)) {
      return;
    }
    throw new FileSystemException(
        directory.toString(),
        null,
        "other users may write to this directory (owner %s, mode %s) and could replace the socket %s; choose one that only its owner may write to, such as one made by: install -d -m 0755 -o %s /run/lastlogin"
            .formatted(
                owner.getName(),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)),
                socket,
                user.getName()));
  }

  /** The user whose rights this process has; the name alone may be missing in a container. */
  private static UserPrincipal processUser() throws IOException {
    Path process = Path.of("/proc/self");
    return Files.exists(process)
        ? Files.getOwner(process)
        : process
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name", ""));
  }
}

package org.lastlogin.jdbc.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Debian system in a directory of its own, which an environment variable names. Its programs see
 * the host's temporary directory at the same path, and share the host's network. Immutable.
 */
public final class DebianSystem {
  /**
   * Runs a program in another root directory, in a mount namespace of its own: the mounts end with
   * the program and what it has started, so nobody needs to clean up.
   */
  private static final String IN_ANOTHER_ROOT =
      """
      root=$1 shared=$2
      shift 2
      mount -t proc proc "$root/proc" &&
        mount --bind /dev "$root/dev" &&
        mkdir -p "$root$shared" &&
        mount --bind "$shared" "$root$shared" &&
        exec chroot "$root" "$@"
      """;

  private final String variable;

  private DebianSystem(String variable) {
    this.variable = variable;
  }

  /** The system in the directory that an environment variable names. */
  public static DebianSystem named(String variable) {
    return new DebianSystem(variable);
  }

  /** Where its root directory is; a place that does not exist if that is unknown. */
  public Path root() {
    return Path.of(Optional.ofNullable(System.getenv(variable)).orElse("/$" + variable));
  }

  /**
   * What to do where it is missing.
   *
   * @param script what sets it up, but for the directory
   */
  public String remedy(String script) {
    return "; as root: " + script + " DIR, and set " + variable + " to DIR";
  }

  /** What runs a program in it: the process is the program, and ends with it. */
  public List<String> inside(List<String> command) {
    String shared = System.getProperty("java.io.tmpdir");
    List<String> line =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", IN_ANOTHER_ROOT, "sh"));
    line.addAll(List.of(root().toString(), shared));
    line.addAll(command);
    return line;
  }
}

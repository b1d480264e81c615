package org.lastlogin.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, and so connections, a process may have open. */
final class OpenFiles {
  /** What a Java program has open besides its connections. */
  private static final int OTHERS = 100;

  private OpenFiles() {}

  /**
   * Checks that there may be as many connections on each side of a socket.
   *
   * @throws IllegalStateException if not; the message says what to do
   */
  static void requireRoomFor(int connections) {
    long needed = (long) connections + OTHERS;
    // The JVM has already raised the soft limit to the hard one.
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < needed) {
      throw new IllegalStateException(
          connections
              + " connections need "
              + needed
              + " open files in each process, and only "
              + system.getMaxFileDescriptorCount()
              + " are allowed. As root, say 'ulimit -n "
              + needed
              + "' in the same shell first; in a container, allow more when it is started.");
    }
  }
}

package org.lastlogin.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Checks the limit of open files, and so of connections, of this process. */
final class OpenFiles {
  /** Open files of a Java program besides its connections. */
  private static final int OTHERS = 100;

  private OpenFiles() {}

  /**
   * Checks that this many connections can be open on each side of a socket.
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

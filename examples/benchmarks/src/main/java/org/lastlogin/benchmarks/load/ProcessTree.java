package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process and its descendants, with their resource usage by Linux. Dovecot starts a process for
 * each connection. Thread-safe.
 *
 * @param root the first process
 */
record ProcessTree(ProcessHandle root) {
  /** The unit that Linux reports in, independent of its own clock: {@code getconf CLK_TCK}. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long KIB = 1 << 10;

  /** The times in /proc/PID/stat, counted from the field after the name in parentheses. */
  private static final int UTIME = 11;

  private static final int CSTIME = 14;

  /**
   * Returns their CPU time so far in seconds. Of a process, it adds up the four times in /proc: its
   * own and those of the children that it has waited for, so that ended processes count, too.
   */
  double cpuSeconds() throws IOException {
    long ticks = 0;
    for (ProcessHandle process : processes()) {
      String stat = read(process, "stat");
      // The name may contain blanks and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      for (int i = UTIME; i <= CSTIME && i < fields.length; i++) {
        ticks += Long.parseLong(fields[i]);
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Returns their memory in bytes; shared memory counts once (PSS). */
  long memoryBytes() throws IOException {
    long kib = 0;
    for (ProcessHandle process : processes()) {
      for (String line : read(process, "smaps_rollup").split("\n", -1)) {
        if (line.startsWith("Pss:")) {
          kib += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return KIB * kib;
  }

  private List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(root), root.descendants()).toList();
  }

  /** Returns a file of a process in /proc; empty if the process has ended meanwhile. */
  private String read(ProcessHandle process, String name) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (IOException e) {
      if (process.equals(root)) {
        throw e;
      }
      return "";
    }
  }
}

package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process with all that descend from it, and what Linux says that they take. Dovecot starts one
 * for each connection. Safe for use by any number of threads.
 *
 * @param root the first of them
 */
record ProcessTree(ProcessHandle root) {
  /** Linux tells programs so, whatever its own clock is: {@code getconf CLK_TCK}. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long KIB = 1 << 10;

  /** The times in /proc/PID/stat, counted from the field behind the name in parentheses. */
  private static final int UTIME = 11;

  private static final int CSTIME = 14;

  /**
   * The seconds of processor time that they have taken so far. Those of a process that has ended
   * count among its parent's, which therefore must not be passed over: the four times are its own
   * and those of the children that it has waited for.
   */
  double cpuSeconds() throws IOException {
    long ticks = 0;
    for (ProcessHandle process : processes()) {
      String stat = read(process, "stat");
      // The name may have blanks and parentheses in it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      for (int i = UTIME; i <= CSTIME && i < fields.length; i++) {
        ticks += Long.parseLong(fields[i]);
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The bytes of memory that they hold, where what several share counts once (PSS). */
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

  /** A file about a process; empty if it has ended meanwhile. */
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

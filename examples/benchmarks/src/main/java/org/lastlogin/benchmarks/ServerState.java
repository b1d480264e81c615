package org.lastlogin.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.lastlogin.dictproto.server.DictServer;

/**
 * Memory and connections of a server's process at one moment. Immutable.
 *
 * @param connections the number of connected clients
 * @param heapBytes the heap in use after a garbage collection
 * @param directBytes the direct memory that Netty's allocator has reserved, used or not
 * @param residentBytes the resident memory of the whole process
 */
record ServerState(int connections, long heapBytes, long directBytes, long residentBytes) {
  private static final double MIB = 1 << 20;
  private static final long KIB = 1 << 10;

  /** Returns the state of this process. */
  static ServerState of(DictServer server) throws IOException {
    System.gc();
    return new ServerState(
        server.connections(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory(),
        residentOfThisProcess());
  }

  /** Returns the resident memory; only Linux has it, in a line such as {@code VmRSS: 123456 kB}. */
  private static long residentOfThisProcess() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return KIB * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }

  /** Returns the memory that grows with the clients: the heap and Netty's memory together. */
  long ownBytes() {
    return heapBytes + directBytes;
  }

  /** Returns the line that {@link #parse} reads. */
  String toLine() {
    return connections + " " + heapBytes + " " + directBytes + " " + residentBytes;
  }

  /** Parses a state that another process has written. */
  static ServerState parse(String line) {
    String[] fields = line.split(" ", -1);
    return new ServerState(
        Integer.parseInt(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]));
  }

  /** Returns the figures in MiB. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "heap after GC %.1f MiB, direct memory %.1f MiB, resident %.0f MiB",
        heapBytes / MIB,
        directBytes / MIB,
        residentBytes / MIB);
  }
}

package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {
  private static final String COUNT = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

  @Test
  void countsTheTimeOfAProcessThatHasEnded() throws Exception {
    assertThat(cpuSecondsWhenReady("(" + COUNT + "); echo ready; read line")).isPositive();
  }

  @Test
  void countsTheTimeOfAProcessThatStillRuns() throws Exception {
    assertThat(cpuSecondsWhenReady("(" + COUNT + "; echo ready; read line); true")).isPositive();
  }

  @Test
  void countsTheMemoryOfAllProcesses() throws Exception {
    long one = memoryWhenReady("echo ready; read line");
    long three = memoryWhenReady("((echo ready; read line); read line); read line");
    assertThat(one).isPositive();
    assertThat(three).isGreaterThan(one);
  }

  private static double cpuSecondsWhenReady(String script) throws Exception {
    return whenReady(script, ProcessTree::cpuSeconds);
  }

  private static long memoryWhenReady(String script) throws Exception {
    return whenReady(script, ProcessTree::memoryBytes);
  }

  private interface Figure<T> {
    T of(ProcessTree tree) throws Exception;
  }

  private static <T> T whenReady(String script, Figure<T> figure) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", script).start();
    try (BufferedReader out = shell.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      return figure.of(new ProcessTree(shell.toHandle()));
    } finally {
      // Closing its input ends the process that still reads.
      shell.getOutputStream().close();
      shell.waitFor();
    }
  }
}

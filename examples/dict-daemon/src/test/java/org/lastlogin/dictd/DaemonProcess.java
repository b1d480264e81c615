package org.lastlogin.dictd;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * The program as its users run it: {@code java -jar lastlogin-dictd.jar}, in a process of its own.
 */
final class DaemonProcess implements AutoCloseable {
  /** What README.md recommends for a server. */
  static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx256m");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private DaemonProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it in a directory; what it prints goes to a file there, in place of what an earlier one
   * printed.
   */
  static DaemonProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, List.of(), arguments);
  }

  /** The same with options for its JVM. */
  static DaemonProcess start(Path directory, List<String> jvmOptions, String... arguments)
      throws IOException {
    Path log = directory.resolve("dictd.log");
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.addAll(jvmOptions);
    options.add("-Dio.netty.leakDetection.level=paranoid");
    List<String> command = command(options);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return new DaemonProcess(builder.start(), log);
  }

  /** What runs the jar; the program's arguments are to be added. */
  static List<String> command(List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(
        Objects.requireNonNull(System.getProperty("lastlogin.dictd.jar"), "lastlogin.dictd.jar"));
    return command;
  }

  /** Waits until it has printed a text. */
  DaemonProcess awaitLog(String text) {
    Awaitility.await(text)
        .atMost(TIMEOUT)
        .failFast("the program ended", () -> !process.isAlive() && !log().contains(text))
        .until(() -> log().contains(text));
    return this;
  }

  /** Waits until it has printed a text after an offset of its log. */
  DaemonProcess awaitLog(String text, int from) {
    Awaitility.await(text).atMost(TIMEOUT).until(() -> log().indexOf(text, from) >= 0);
    return this;
  }

  /** Waits until it serves. */
  DaemonProcess awaitStart() {
    return awaitLog("started, serving");
  }

  /** All it has printed. */
  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** The log without what it says of tables, which are the tutorials' and as they are. */
  String logOfServing() throws IOException {
    return log()
        .lines()
        .filter(line -> !line.endsWith("(--check prints the statements that repair it)"))
        .collect(Collectors.joining("\n"));
  }

  /** Waits until it ends, and returns its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("Still running after " + TIMEOUT);
    }
    requireNoLeak();
    return process.exitValue();
  }

  /** Netty reports a buffer that was lost once it hands out another one. */
  private void requireNoLeak() {
    try {
      if (log().contains("LEAK:")) {
        throw new AssertionError("A buffer was not released:\n" + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM and waits for the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Sends SIGTERM. */
  void sendTerminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }
}

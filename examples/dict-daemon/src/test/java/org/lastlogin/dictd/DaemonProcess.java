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

/** The program as its users run it: {@code java -jar lastlogin-dictd.jar}, in its own process. */
final class DaemonProcess implements AutoCloseable {
  /** The options that README.md recommends. */
  static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx256m");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private DaemonProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a daemon that serves a dict at an address, and waits until it serves. */
  static DaemonProcess serve(Path directory, String dict, String address, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dict", dict, "--listen", address));
    arguments.addAll(List.of(more));
    return start(directory, arguments.toArray(String[]::new)).awaitStart();
  }

  /**
   * Starts the program in a directory. Its output goes to a file there, and replaces that of an
   * earlier process.
   */
  static DaemonProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, List.of(), arguments);
  }

  /** Starts the program with options for its JVM. */
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

  /** Returns the command that runs the jar, without arguments of the program. */
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

  /** Returns its output so far. */
  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Returns the log without the warnings about the tutorials' tables. */
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

  /** Checks for leaks; Netty reports a leaked buffer when it allocates another one. */
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

package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A process of another user that tries without pause to connect to every socket in a directory. Its
 * program uses nothing but the JDK: the other user may be unable to read the class path.
 */
final class SocketStranger implements AutoCloseable {
  private static final String CLASS_FILE = SocketStranger.class.getName().replace('.', '/');
  private static final String READY = "ready\n";

  private static volatile boolean closing;

  private final Process process;

  private SocketStranger(Process process) {
    this.process = process;
  }

  /** Starts one; when this returns, it is trying. The files of its program go to a directory. */
  static SocketStranger start(Path directory, int user, Path files) throws IOException {
    Path program = files.resolve(CLASS_FILE + ".class");
    Files.createDirectories(program.getParent());
    try (InputStream in = SocketStranger.class.getResourceAsStream("SocketStranger.class")) {
      Files.copy(Objects.requireNonNull(in), program);
    }
    Process process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                files.toString(),
                SocketStranger.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] said = process.getInputStream().readNBytes(READY.length());
    if (!READY.equals(new String(said, StandardCharsets.UTF_8))) {
      throw new IOException("The stranger does not start");
    }
    return new SocketStranger(process);
  }

  /** Ends it, and returns a line for each time that it could connect. */
  String connections() throws IOException {
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What the other process does until its input ends. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    new Thread(SocketStranger::awaitEnd, "awaiting the end").start();
    System.out.print(READY);
    System.out.flush();
    while (!closing) {
      for (String name : Objects.requireNonNull(directory.toFile().list())) {
        tryToConnect(directory.resolve(name));
        tryToConnect(directory.resolve(name).resolve("s"));
      }
    }
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // The test goes on.
      }
    } catch (IOException e) {
      System.out.println(e);
    }
    closing = true;
  }

  private static void tryToConnect(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      System.out.println("connected to " + socket + ": " + channel.isConnected());
    } catch (IOException expected) {
      // It is not there, or not for strangers.
    }
  }
}

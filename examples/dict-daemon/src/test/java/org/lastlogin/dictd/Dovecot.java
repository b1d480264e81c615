package org.lastlogin.dictd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real Dovecot 2.3 on loopback, whose last_login plugin writes to a dict socket. Not safe for use
 * by several threads.
 */
final class Dovecot implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/dovecot");
  private static final String VERSION = "2.3.";
  private static final List<String> PROTOCOL_DAEMONS = List.of("imap", "pop3", "lmtp");
  private static final int PATIENCE_SECONDS = 60;
  private static final int SOCKET_TIMEOUT_MILLIS = 40_000;

  private final Path config;
  private final Path socket;
  private final int imapPort;
  private final int pop3Port;
  private final int lmtpPort;

  private Dovecot(Path directory, Path socket) throws IOException {
    this.config = directory.resolve("dovecot.conf");
    this.socket = socket;
    this.imapPort = freePort();
    this.pop3Port = freePort();
    this.lmtpPort = freePort();
  }

  /** What keeps a real Dovecot from being used here, and what to do about it. */
  static Optional<String> missing() throws IOException, InterruptedException {
    String install =
        "; on Debian 12, as root: apt-get install --no-install-recommends dovecot-core dovecot-imapd dovecot-pop3d"
            + " dovecot-lmtpd";
    if (!Files.isExecutable(BINARY)) {
      return Optional.of("Dovecot is not installed" + install);
    }
    for (String daemon : PROTOCOL_DAEMONS) {
      if (!Files.isExecutable(Path.of("/usr/lib/dovecot", daemon))) {
        return Optional.of("Dovecot's " + daemon + " is not installed" + install);
      }
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Dovecot changes the user of its processes: run these tests as root");
    }
    String version = run(List.of(BINARY.toString(), "--version")).output();
    return version.startsWith(VERSION)
        ? Optional.empty()
        : Optional.of(
            "This Dovecot is " + version.strip() + "; these tests need " + VERSION + "x" + install);
  }

  /** Starts one, with all its files in a directory. */
  static Dovecot start(Path directory, Path dictSocket) throws IOException, InterruptedException {
    Dovecot dovecot = new Dovecot(directory, dictSocket);
    dovecot.writeFiles(directory);
    Result started = run(List.of(BINARY.toString(), "-c", dovecot.config.toString()));
    if (started.status() != 0) {
      throw new IOException("Dovecot does not start: " + started.output());
    }
    return dovecot;
  }

  private void writeFiles(Path directory) throws IOException, InterruptedException {
    try (InputStream in =
        Objects.requireNonNull(Dovecot.class.getResourceAsStream("dovecot-2.3.conf"))) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@DIR@", directory.toString())
              .replace("@DICT_SOCKET@", socket.toString())
              .replace("@IMAP_PORT@", Integer.toString(imapPort))
              .replace("@POP3_PORT@", Integer.toString(pop3Port))
              .replace("@LMTP_PORT@", Integer.toString(lmtpPort));
      Files.writeString(config, text);
    }
    Path mail = Files.createDirectories(directory.resolve("mail"));
    // Dovecot's processes are other users: they have to get here.
    require(run(List.of("chmod", "755", directory.toString())));
    require(run(List.of("chown", "5000:5000", mail.toString())));
  }

  /** Logs in over IMAP. */
  void imapLogin(String mailbox) throws IOException {
    try (Talk imap = new Talk(imapPort)) {
      imap.expect("* OK");
      imap.say("a LOGIN " + mailbox + " secret").expectEventually("a OK");
      imap.say("b LOGOUT").expectEventually("b OK");
    }
  }

  /** Logs in over POP3. */
  void pop3Login(String mailbox) throws IOException {
    try (Talk pop3 = new Talk(pop3Port)) {
      pop3.expect("+OK");
      pop3.say("USER " + mailbox).expect("+OK");
      pop3.say("PASS secret").expect("+OK");
      pop3.say("QUIT").expect("+OK");
    }
  }

  /** Delivers a message over LMTP. */
  void lmtpDelivery(String mailbox) throws IOException {
    try (Talk lmtp = new Talk(lmtpPort)) {
      lmtp.expect("220");
      lmtp.say("LHLO localhost").expectEventually("250 ");
      lmtp.say("MAIL FROM:<sender@example.net>").expect("250");
      lmtp.say("RCPT TO:<" + mailbox + ">").expect("250");
      lmtp.say("DATA").expect("354");
      lmtp.say("Subject: hello\r\n\r\nhello\r\n.").expect("250");
      lmtp.say("QUIT").expect("221");
    }
  }

  /** Runs {@code doveadm dict COMMAND OPTIONS DICT ARGUMENTS} against the dict server. */
  Result doveadmDict(String command, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("doveadm", "-c", config.toString(), "dict", command));
    line.addAll(options);
    line.add("proxy:" + socket + ":lastlogin");
    line.addAll(List.of(arguments));
    return run(line);
  }

  /** What Dovecot has logged. */
  String log() throws IOException {
    Path log = config.resolveSibling("dovecot.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    require(run(List.of(BINARY.toString(), "-c", config.toString(), "stop")));
  }

  private static void require(Result result) throws IOException {
    if (result.status() != 0) {
      throw new IOException(result.output());
    }
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    // Into a file: Dovecot's master process inherits the output and would keep a pipe open for as
    // long as it lives.
    Path output = Files.createTempFile("lastlogin-test", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("No end after " + PATIENCE_SECONDS + " s: " + command);
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** How a command ended, and what it printed. */
  record Result(int status, String output) {}

  /** A conversation in lines. */
  private static final class Talk implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Talk(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    Talk say(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    void expect(String beginning) throws IOException {
      String line = in.readLine();
      if (line == null || !line.startsWith(beginning)) {
        throw new IOException("Expected " + beginning + ", got " + line);
      }
    }

    void expectEventually(String beginning) throws IOException {
      String line = in.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = in.readLine();
      }
      if (line == null) {
        throw new IOException("Expected " + beginning + " and got to the end");
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

package org.lastlogin.dictd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Logs in to a mail server on loopback and delivers mail there.
 *
 * @param imapPort where it speaks IMAP
 * @param pop3Port where it speaks POP3
 * @param lmtpPort where it speaks LMTP
 */
record MailClient(int imapPort, int pop3Port, int lmtpPort) {
  private static final int SOCKET_TIMEOUT_MILLIS = 40_000;

  /** Creates a client of a server that will listen at free ports. */
  static MailClient atFreePorts() throws IOException {
    return new MailClient(freePort(), freePort(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Returns a configuration with the ports filled in. */
  String fillIn(String config) {
    return config
        .replace("@IMAP_PORT@", Integer.toString(imapPort))
        .replace("@POP3_PORT@", Integer.toString(pop3Port))
        .replace("@LMTP_PORT@", Integer.toString(lmtpPort));
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

  /** A connection with a line protocol. */
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

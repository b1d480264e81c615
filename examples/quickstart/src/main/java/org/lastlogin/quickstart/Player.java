package org.lastlogin.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Plays recorded logins into a dict server as Dovecot does: one connection for each login, and all
 * lines in one burst.
 */
final class Player {
  private final Path socket;

  Player(Path socket) {
    this.socket = socket;
  }

  /** Plays a login and returns the server's final answer, without the times at its end. */
  String play(RecordedLogin login) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String burst = String.join("\n", login.lines()) + "\n";
      Channels.newOutputStream(channel).write(burst.getBytes(StandardCharsets.UTF_8));
      BufferedReader answers =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      String accepted = answers.readLine();
      String answer = answers.readLine();
      if (accepted == null || answer == null) {
        throw new IOException("The server closed the connection: " + login.title());
      }
      return answer.replaceFirst("(\t\\d+){4}$", "");
    }
  }
}

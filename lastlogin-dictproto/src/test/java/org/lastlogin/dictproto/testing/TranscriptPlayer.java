package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Plays the client of transcripts to a dict server, and compares its answers byte by byte, except
 * the times. Immutable, and safe for use by any number of threads.
 */
public final class TranscriptPlayer {
  private final Path socket;

  private TranscriptPlayer(Path socket) {
    this.socket = Objects.requireNonNull(socket, "socket");
  }

  /** Creates a player for the server that listens at a Unix socket. */
  public static TranscriptPlayer at(Path socket) {
    return new TranscriptPlayer(socket);
  }

  /**
   * Plays a transcript, one connection after the other. All lines of a client are sent at once, as
   * Dovecot's clients do.
   *
   * @throws AssertionError if an answer differs, is missing, or is not expected; the message shows
   *     the traffic up to that point
   */
  public void play(Transcript transcript) throws IOException {
    for (Transcript.Connection connection : transcript.connections()) {
      try (WireClient client = WireClient.connect(socket)) {
        client.send(connection.sent().toArray(String[]::new));
        List<String> answered = connection.answered();
        for (int i = 0; i < answered.size(); i++) {
          String expected = WireClient.withoutTimes(answered.get(i));
          String actual = client.readReply();
          if (!expected.equals(actual)) {
            throw differs(transcript, connection, i, expected, actual);
          }
        }
        String more = client.endInput().readReply();
        if (more != null) {
          throw differs(transcript, connection, answered.size(), null, more);
        }
      }
    }
  }

  private static AssertionError differs(
      Transcript transcript,
      Transcript.Connection connection,
      int index,
      String expected,
      String actual) {
    StringBuilder text = new StringBuilder("### ").append(transcript.title()).append('\n');
    connection.sent().forEach(line -> text.append("C ").append(visible(line)).append('\n'));
    connection.answered().stream()
        .limit(index)
        .forEach(line -> text.append("S ").append(visible(line)).append('\n'));
    return new AssertionError(
        text.append("expected: ")
            .append(reply(expected))
            .append("\nbut was:  ")
            .append(reply(actual))
            .toString());
  }

  private static String reply(String line) {
    return line == null ? "<the end of the connection>" : "S " + visible(line);
  }

  /** TAB and 0x01 as one writes them in Java; a terminal would show neither. */
  private static String visible(String line) {
    return line.replace("\t", "\\t").replace("\u0001", "\\u0001").replace("\r", "\\r");
  }
}

package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic between a client and a server, line by line. Immutable.
 *
 * <p>As text, a transcript is a block that begins with {@code ### } and its title. A line that
 * begins with {@code C } was sent by the client, one that begins with {@code S } by the server;
 * their bytes are unchanged, TAB and 0x01 included. With several connections, the lines of all
 * clients come before those of all servers. Other lines in a block, and all before the first one,
 * are comments.
 *
 * @param title the client's task
 * @param connections the connections that it made, usually one
 */
public record Transcript(String title, List<Connection> connections) {

  /**
   * The traffic of one connection.
   *
   * @param sent the client's lines
   * @param answered the server's lines
   */
  public record Connection(List<String> sent, List<String> answered) {
    public Connection {
      sent = List.copyOf(sent);
      answered = List.copyOf(answered);
    }
  }

  public Transcript {
    connections = List.copyOf(connections);
  }

  /**
   * Returns transcripts that come with this class: {@code dovecot-2.2.22}, {@code dovecot-2.3.13},
   * {@code dovecot-2.3.19.1} and {@code dovecot-2.4.1} are recordings of real Dovecots with the
   * tutorial's maps; {@code written-2.0}, {@code written-2.1} and {@code written-2.2} are written
   * by hand for cases without a recording.
   */
  public static List<Transcript> shipped(String name) {
    String resource = "wire/" + name + ".txt";
    try (InputStream in = Transcript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no " + resource);
      }
      return parseAll(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + resource, e);
    }
  }

  /** Returns all transcripts in a text. */
  public static List<Transcript> parseAll(String text) {
    List<Transcript> transcripts = new ArrayList<>();
    String[] blocks = text.split("(?m)^### ", -1);
    for (int i = 1; i < blocks.length; i++) {
      transcripts.add(parse(blocks[i]));
    }
    return transcripts;
  }

  private static Transcript parse(String block) {
    // Not String.lines(): a CR is a byte like any other here.
    String[] lines = block.split("\n", -1);
    List<List<String>> sent = new ArrayList<>();
    List<List<String>> answered = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("C H")) {
        sent.add(new ArrayList<>());
      }
      if (line.equals("S *1") || (line.startsWith("S ") && answered.isEmpty())) {
        answered.add(new ArrayList<>());
      }
      if (line.startsWith("C ")) {
        last(sent).add(line.substring(2));
      } else if (line.startsWith("S ")) {
        last(answered).add(line.substring(2));
      }
    }
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      connections.add(new Connection(sent.get(i), answered.get(i)));
    }
    return new Transcript(lines[0], connections);
  }

  private static List<String> last(List<List<String>> lists) {
    return lists.get(lists.size() - 1);
  }

  /** Returns whether the client sends one of some commands, given by their letters. */
  public boolean uses(String commands) {
    return connections.stream()
        .flatMap(connection -> connection.sent().stream())
        .anyMatch(line -> commands.indexOf(line.charAt(0)) >= 0);
  }
}

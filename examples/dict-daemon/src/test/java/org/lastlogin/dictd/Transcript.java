package org.lastlogin.dictd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic between a real client and a real server, recorded line by line.
 *
 * @param title what the client was told to do
 * @param connections the connections that it made, usually one
 */
record Transcript(String title, List<Connection> connections) {

  /**
   * What was said on one connection.
   *
   * @param sent the client's lines
   * @param answered the server's lines, as they were
   */
  record Connection(List<String> sent, List<String> answered) {}

  /** All that were recorded with a version of Dovecot. */
  static List<Transcript> readAll(String dovecot) throws IOException {
    String text = DictFiles.resource("wire/dovecot-" + dovecot + ".txt");
    List<Transcript> transcripts = new ArrayList<>();
    for (String block : text.split("(?m)^### ", -1)) {
      if (!block.startsWith("#")) {
        transcripts.add(read(block));
      }
    }
    return transcripts;
  }

  private static Transcript read(String block) {
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
      connections.add(new Connection(List.copyOf(sent.get(i)), List.copyOf(answered.get(i))));
    }
    return new Transcript(lines[0], List.copyOf(connections));
  }

  private static List<String> last(List<List<String>> lists) {
    return lists.get(lists.size() - 1);
  }

  /** Whether the client sends one of some commands. */
  boolean uses(String commands) {
    return connections.stream()
        .flatMap(connection -> connection.sent().stream())
        .anyMatch(line -> commands.indexOf(line.charAt(0)) >= 0);
  }
}

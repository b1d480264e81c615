package org.lastlogin.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login or delivery, as a real Dovecot sent it to a dict server. Only its times change when it is
 * played, so that they read as minutes and not as the age of the recording.
 *
 * @param title the sender and the kind of event
 * @param lines the lines that it sent
 */
record RecordedLogin(String title, List<String> lines) {
  private static final String TITLE = "### ";

  /** The last field of a SET: the time of the login, in seconds since 1970. */
  private static final Pattern TIME = Pattern.compile("(S.*\t)(\\d+)");

  RecordedLogin {
    lines = List.copyOf(lines);
  }

  /** Returns all logins of the recording. */
  static List<RecordedLogin> readAll() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordedLogin.class.getResourceAsStream("recorded-logins.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<RecordedLogin> logins = new ArrayList<>();
      for (String block : text.split("(?m)^" + TITLE, -1)) {
        if (!block.startsWith("#")) {
          List<String> lines = block.lines().filter(line -> !line.isEmpty()).toList();
          logins.add(new RecordedLogin(lines.get(0), lines.subList(1, lines.size())));
        }
      }
      return logins;
    }
  }

  /** Returns the time of the login, in seconds since 1970. */
  long time() {
    for (String line : lines) {
      Matcher matcher = TIME.matcher(line);
      if (matcher.matches()) {
        return Long.parseLong(matcher.group(2));
      }
    }
    throw new IllegalStateException("No time was recorded: " + title);
  }

  /** Returns a copy that happens later. */
  RecordedLogin later(Duration by) {
    long moved = time() + by.toSeconds();
    return new RecordedLogin(
        title, lines.stream().map(line -> TIME.matcher(line).replaceFirst("$1" + moved)).toList());
  }
}

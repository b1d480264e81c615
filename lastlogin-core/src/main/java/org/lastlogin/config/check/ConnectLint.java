package org.lastlogin.config.check;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.words.ConnectNames;
import org.lastlogin.config.words.Suggestions;

/** Finds probable errors in the value of {@code connect}, for any database. */
public final class ConnectLint {
  private static final String PORT = "port";

  /** The settings that a database file does not need. */
  private static final Set<String> OF_SERVERS = Set.of("host", PORT, "dbname", "user", "password");

  /** Where another pair begins in a value. */
  private static final Pattern JOINED = Pattern.compile("[,;][A-Za-z_]\\w*+=");

  private static final Pattern URL = Pattern.compile("[A-Za-z][\\w+.-]*+://");

  private static final Pattern ADDRESS = Pattern.compile("[^\\s/@]++@[^\\s/@]++");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}+");

  private final Diagnostics diagnostics;

  public ConnectLint(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns of probable errors. */
  public void check(ConnectSettings connect) {
    DatabaseServer first = connect.servers().get(0);
    for (String name : first.names()) {
      String value = first.get(name).orElseThrow();
      Span span = Span.of(first.origin(name));
      if (span != null) {
        check(name, value, span);
        Placeholders.checkServer(name, value, span, diagnostics);
      }
    }
    Span path = Span.of(first.origin(ConnectSettings.PATH));
    if (path != null) {
      first.get(ConnectSettings.PATH).ifPresent(value -> checkPath(value, path, first));
    }
  }

  private void checkPath(String path, Span span, DatabaseServer server) {
    boolean address = ADDRESS.matcher(path).matches();
    if (address || URL.matcher(path).lookingAt()) {
      diagnostics.warning(
          span,
          "Expected name=value pairs or the path of an SQLite database, not "
              + (address ? "USER@HOST" : "a URL"),
          "For MySQL: connect = host=HOST dbname=DATABASE user=USER password=PASSWORD");
    } else if (!path.contains("/") && server.names().stream().anyMatch(OF_SERVERS::contains)) {
      diagnostics.warning(
          span,
          "This is taken for the path of an SQLite database, which needs nothing of what follows",
          "If it is a name and its value, put = between them.");
    }
  }

  private void check(String name, String value, Span span) {
    if (!ConnectNames.known().contains(name)) {
      Optional<String> guess = Suggestions.closest(name, ConnectNames.known());
      guess.ifPresent(
          known ->
              diagnostics.warning(
                  span,
                  "No database knows the setting " + name,
                  "Did you mean " + known + "?",
                  "Unknown connect string: " + name));
    } else if (OF_SERVERS.contains(name)
        && !name.equals("password")
        && JOINED.matcher(value).find()) {
      diagnostics.warning(
          span,
          "The pairs in connect are separated by white space alone: all this is the value of "
              + name,
          "Put a space in place of each comma and semicolon between them.");
    } else if (value.isEmpty() && OF_SERVERS.contains(name) && !name.equals("password")) {
      diagnostics.warning(
          span,
          "There is no value after " + name + "=",
          "Add one, or remove " + name + "= if it is not needed.");
    } else if (name.equals(PORT) && !isPort(value)) {
      diagnostics.warning(
          span,
          "Expected a port, which is a number from 1 to 65535",
          "MySQL listens at 3306, PostgreSQL at 5432 by default.",
          "Invalid port number: " + value);
    }
  }

  private static boolean isPort(String value) {
    return Placeholders.endAt(value, 0) > 0
        || (NUMBER.matcher(value).matches()
            && Integer.parseInt(value) >= 1
            && Integer.parseInt(value) <= 65535);
  }
}

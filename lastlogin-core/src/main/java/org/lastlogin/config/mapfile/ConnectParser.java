package org.lastlogin.config.mapfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.check.Placeholders;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.ServerDraft;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;

/** Reads the value of {@code connect}, and hides the secrets in it. */
public final class ConnectParser {
  private static final String HOST = "host";

  /** Each server has all pairs, so that their number grows with its square. */
  private static final int MAX_PAIRS = 200;

  private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*+)=");

  private static final Pattern LOOSE_SIGN = Pattern.compile("(?:^|\\s)=");

  private final Diagnostics diagnostics;

  public ConnectParser(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** One name with its value, and where both are. */
  private record Pair(String name, String value, Span span) {}

  public ConnectSettings parse(Text text) {
    if (text.isEmpty()) {
      diagnostics.error(
          text.span(),
          "Expected name=value pairs after connect =, or the path of a database file",
          "For MySQL: connect = host=HOST dbname=DATABASE user=USER password=PASSWORD");
    }
    String string = text.string();
    List<Pair> pairs = new ArrayList<>();
    int at = skipBlanks(string, 0);
    if (at < string.length() && !nameAt(string, at).lookingAt()) {
      int end = endOfStray(string, at);
      String path = string.substring(at, end).strip();
      checkPath(text, at, at + path.length());
      pairs.add(new Pair(ConnectSettings.PATH, path, text.span(at, at + path.length())));
      at = skipBlanks(string, end);
    }
    while (at < string.length() && pairs.size() < MAX_PAIRS) {
      at = skipBlanks(string, pair(text, at, pairs));
    }
    if (at < string.length()) {
      text.span(at, string.length()).hide();
      diagnostics.error(
          text.span(at, string.length()),
          "Expected no more than " + MAX_PAIRS + " pairs; the rest is not read",
          "No database has as many settings as these.");
    }
    return ConnectSettings.ofServers(servers(pairs));
  }

  /** One server for each host, with all other settings in common. */
  private List<DatabaseServer> servers(List<Pair> pairs) {
    Map<String, Pair> common = new LinkedHashMap<>();
    List<Pair> hosts = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.name().equals(HOST)) {
        hosts.add(pair);
        common.putIfAbsent(HOST, pair);
      } else if (common.put(pair.name(), pair) != null) {
        diagnostics.warning(
            pair.span(),
            "The setting " + pair.name() + " is set twice; the last one counts",
            "Remove one of the two. Only host may occur several times, to name several servers.");
      }
    }
    if (hosts.isEmpty()) {
      return List.of(server(common));
    }
    return hosts.stream().map(host -> withHost(common, host)).toList();
  }

  private static DatabaseServer withHost(Map<String, Pair> common, Pair host) {
    Map<String, Pair> pairs = new LinkedHashMap<>(common);
    pairs.put(HOST, host);
    return server(pairs);
  }

  private static DatabaseServer server(Map<String, Pair> pairs) {
    ServerDraft server = new ServerDraft();
    pairs.forEach((name, pair) -> server.put(name, pair.value(), pair.span()));
    return server.toServer();
  }

  private static Matcher nameAt(String string, int at) {
    return NAME.matcher(string).region(at, string.length());
  }

  private static int skipBlanks(String string, int from) {
    int at = from;
    while (at < string.length() && Character.isWhitespace(string.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfWord(String string, int from) {
    int end = from;
    while (end < string.length() && !Character.isWhitespace(string.charAt(end))) {
      // A template's placeholder may hold white space.
      end =
          string.charAt(end) == '{' ? Math.max(end + 1, Placeholders.endAt(string, end)) : end + 1;
    }
    return end;
  }

  /** Returns where the next word begins that is a pair: a path may hold white space. */
  private static int endOfStray(String string, int from) {
    int at = from;
    while (at < string.length() && !nameAt(string, at).lookingAt()) {
      at = skipBlanks(string, endOfWord(string, at));
    }
    return at;
  }

  private void checkPath(Text text, int from, int to) {
    if (Secrets.mayHoldSecret(text.string().substring(from, to))) {
      text.span(from, to).hide();
    }
    Matcher loose = LOOSE_SIGN.matcher(text.string()).region(from, to);
    if (loose.find()) {
      text.span(from, text.length()).hide();
      diagnostics.error(
          text.span(from, to),
          "Expected name=value pairs",
          "There is no white space around the = of a pair.");
    }
  }

  /** Reads what begins at an index; returns the index after it. */
  private int pair(Text text, int from, List<Pair> pairs) {
    String string = text.string();
    Matcher name = nameAt(string, from);
    if (!name.lookingAt()) {
      return noPair(text, from);
    }
    int start = name.end();
    boolean quoted = start < string.length() && "\"'".indexOf(string.charAt(start)) >= 0;
    int end = quoted ? endOfQuoted(text, start) : endOfWord(string, start);
    String value = quoted ? unquote(text, start) : string.substring(start, end);
    if (Secrets.isSecret(name.group(1), value) && end > start) {
      text.span(start, end).hide();
    }
    if (!quoted && value.startsWith("$ENV:")) {
      warnOfVariable(text.span(start, end));
    }
    pairs.add(new Pair(name.group(1), value, text.span(from, end)));
    return end;
  }

  private int noPair(Text text, int from) {
    int end = endOfStray(text.string(), from);
    Span stray = text.substring(from, end).strip().span();
    stray.hide(); // It may be the rest of a password.
    diagnostics.error(
        stray,
        "Expected name=value pairs",
        "There is no white space around the = of a pair; a value with white space in it is in"
            + " quotes.");
    return end;
  }

  private void warnOfVariable(Span span) {
    diagnostics.warning(
        span,
        "This is taken literally, not as an environment variable",
        "$ENV: counts only at the beginning of a word; let the variable hold the whole pair.");
  }

  /** Returns the index after the closing quote and what may wrongly follow it. */
  private int endOfQuoted(Text text, int open) {
    String string = text.string();
    int close = Quoting.closing(string, open, string.length());
    if (close == string.length()) {
      text.span(open + 1, string.length()).hide();
      diagnostics.error(
          text.span(open, open + 1),
          "The quote that is opened here is not closed",
          "A value that begins with a quote is written in quotes of the other kind.");
      return string.length();
    }
    int end = endOfWord(string, close);
    if (end > close + 1) {
      text.span(open, end).hide();
      diagnostics.error(
          text.span(close + 1, end),
          "Expected white space after the closing quote",
          "A quote within a quoted value is written \\\" or \\'.");
    }
    return end;
  }

  private static String unquote(Text text, int open) {
    int close = Quoting.closing(text.string(), open, text.length());
    return Quoting.unescape(text.substring(open + 1, close)).string();
  }
}

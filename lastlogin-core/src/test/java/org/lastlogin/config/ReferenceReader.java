package org.lastlogin.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Dovecot 2.3 makes of a dict map file, in the plainest way: the oracle that says whether two
 * files mean the same to it. It knows no includes, and no environment variables.
 */
final class ReferenceReader {

  /** Dovecot does not accept the file. */
  static final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    RejectedException(String reason) {
      super(reason);
    }
  }

  private enum In {
    ROOT,
    MAP,
    FIELDS
  }

  private final List<Map<String, String>> maps = new ArrayList<>();
  private @Nullable String connect;
  private In in = In.ROOT;

  /** How many sections are open that are passed over; their braces must still fit. */
  private int sections;

  private Map<String, String> map = new TreeMap<>();
  private Map<String, String> columns = new LinkedHashMap<>();

  private ReferenceReader() {}

  /** The meaning of a file, as a text that can be compared. */
  static String read(String text) throws RejectedException {
    ReferenceReader reader = new ReferenceReader();
    StringBuilder whole = new StringBuilder();
    for (String raw : text.split("\n", -1)) {
      String line = blanksStripped(raw);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      line = blanksStripped(withoutComment(line));
      if (line.endsWith("\\")) {
        whole.append(blanksStripped(line.substring(0, line.length() - 1))).append(' ');
        continue;
      }
      reader.line(whole + line);
      whole.setLength(0);
    }
    return "connect=" + connectPairs(reader.connect) + " maps=" + reader.maps;
  }

  private static String blanksStripped(String line) {
    return line.replaceAll("^[ \t]+|[ \t\r]+$", "");
  }

  private static String withoutComment(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' || c == '\'') {
        for (i++; i < line.length() && line.charAt(i) != c; i++) {
          i += line.charAt(i) == '\\' ? 1 : 0;
        }
      } else if (c == '#') {
        return line.substring(0, i);
      }
    }
    return line;
  }

  /** White space between pairs means nothing, their order neither. */
  private static String connectPairs(@Nullable String connect) throws RejectedException {
    if (connect == null) {
      return "none";
    }
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : connect.trim().split(" +", -1)) {
      int sign = pair.indexOf('=');
      if (sign < 0) {
        throw new RejectedException("Missing value in connect string");
      }
      pairs.merge(pair.substring(0, sign), pair.substring(sign + 1), (a, b) -> a + " " + b);
    }
    return pairs.toString();
  }

  private void line(String line) throws RejectedException {
    String key = line.split("[ \t=]", 2)[0];
    String rest = blanksStripped(line.substring(key.length()));
    if (rest.startsWith("=")) {
      setting(key, unquoted(blanksStripped(rest.substring(1))));
    } else if (key.equals("}") && rest.isEmpty()) {
      close();
    } else {
      String name = rest.startsWith("{") ? "" : rest.split("[ \t]", 2)[0];
      if (!blanksStripped(rest.substring(name.length())).startsWith("{")) {
        throw new RejectedException("Expecting '='");
      }
      open(key);
    }
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
  }

  private void open(String type) throws RejectedException {
    if (in == In.ROOT && type.equals("map")) {
      in = In.MAP;
      map = new TreeMap<>();
      columns = new LinkedHashMap<>();
    } else if (in == In.MAP && type.equals("fields")) {
      in = In.FIELDS;
    } else {
      throw new RejectedException("Unknown section: " + type);
    }
    sections++;
  }

  private void close() throws RejectedException {
    if (sections == 0) {
      throw new RejectedException("Unexpected '}'");
    }
    sections--;
    if (in == In.FIELDS) {
      in = In.MAP;
      bindVariables();
    } else {
      in = In.ROOT;
      finishMap();
    }
  }

  private void setting(String name, String value) throws RejectedException {
    if (in == In.ROOT && name.equals("connect")) {
      connect = value;
    } else if (in == In.MAP
        && List.of(
                "pattern", "table", "username_field", "value_field", "value_type", "value_hexblob")
            .contains(name)) {
      map.put(name, value);
    } else if (in == In.FIELDS && value.startsWith("$")) {
      columns.merge(name, value, (a, b) -> a + "," + b);
    } else {
      throw new RejectedException("Unknown setting: " + name);
    }
  }

  /** Replaces the variables of the pattern by their columns. */
  private void bindVariables() throws RejectedException {
    String pattern = map.get("pattern");
    if (pattern == null) {
      throw new RejectedException("crash");
    }
    StringBuilder bound = new StringBuilder();
    Map<String, String> left = new LinkedHashMap<>(columns);
    int at = 0;
    while (at < pattern.length()) {
      if (pattern.charAt(at) != '$') {
        bound.append(pattern.charAt(at++));
        continue;
      }
      String rest = pattern.substring(at + 1);
      boolean braced = rest.startsWith("{");
      String name =
          braced ? rest.replaceAll("(?s)^\\{|}.*$", "") : rest.replaceAll("(?s)\\W.*$", "");
      at += 1 + name.length() + (braced ? 2 : 0);
      bound.append("$(").append(take(left, name)).append(')');
    }
    if (!left.isEmpty()) {
      throw new RejectedException("Unused variable: " + left);
    }
    map.put("pattern", bound.toString());
  }

  private static String take(Map<String, String> left, String name) throws RejectedException {
    for (Map.Entry<String, String> column : left.entrySet()) {
      String value = column.getValue();
      for (String type : List.of("$%s", "${int:%s}", "${uint:%s}", "${hexblob:%s}")) {
        if (value.equals(type.replace("%s", name))) {
          left.remove(column.getKey());
          return column.getKey() + " " + type.replace("$", "");
        }
      }
    }
    throw new RejectedException("Missing SQL field for variable: " + name);
  }

  private void finishMap() throws RejectedException {
    for (String name : List.of("pattern", "table", "value_field")) {
      if (!map.containsKey(name)) {
        throw new RejectedException("Missing setting: " + name);
      }
    }
    if (map.get("pattern").matches(".*\\$[^(].*|.*\\$")) {
      throw new RejectedException("Missing fields for pattern variables");
    }
    List<String> fields = list(map.get("value_field"));
    if (map.containsKey("value_type")) {
      List<String> types = list(map.get("value_type"));
      if (types.size() != fields.size()
          || !List.of("string", "uint", "int", "hexblob").containsAll(types)) {
        throw new RejectedException("Invalid value in value_type");
      }
    }
    map.put("value_field", fields.toString());
    maps.add(map);
  }

  private static List<String> list(String value) {
    return List.of(value.split(",+", -1)).stream().filter(part -> !part.isEmpty()).toList();
  }
}

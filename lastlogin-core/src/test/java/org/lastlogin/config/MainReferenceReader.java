package org.lastlogin.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ReferenceReader.RejectedException;

/**
 * What Dovecot 2.4 makes of a main configuration with SQL dicts, in the plainest way: the oracle
 * that says whether two files mean the same to it. It knows the blocks and settings of the
 * tutorial's file, long names included, but no groups, variables and included files.
 */
final class MainReferenceReader {
  /** The blocks, by the type that they stand in where that matters; those with names end in *. */
  private static final Set<String> BLOCKS =
      Set.of(
          "protocol*",
          "mail_plugins",
          "last_login",
          "dict_server",
          "dict*",
          "dict_map*",
          "dict_map_value_field*",
          "dict_map_key_field*",
          "mysql*",
          "pgsql*",
          "sqlite");

  private static final Set<String> SETTINGS =
      Set.of(
          "dovecot_config_version",
          "dovecot_storage_version",
          "protocols",
          "last_login_key",
          "dict_name",
          "dict_driver",
          "dict_proxy_name",
          "dict_proxy_socket_path",
          "sql_driver",
          "mysql_host",
          "mysql_port",
          "mysql_user",
          "mysql_password",
          "mysql_dbname",
          "mysql_ssl",
          "pgsql_host",
          "sqlite_path",
          "dict_map_pattern",
          "dict_map_sql_table",
          "dict_map_username_field",
          "dict_map_expire_field",
          "dict_map_value_field_name",
          "dict_map_value_field_type",
          "dict_map_key_field_name",
          "dict_map_key_field_value",
          "dict_map_key_field_type");

  private static final Set<String> TYPES =
      Set.of("string", "int", "uint", "double", "hexblob", "uuid");

  /** What is as good as nothing. */
  private static final Map<String, String> DEFAULTS =
      Map.of("mysql_port", "3306", "dict_map_value_field_type", "string");

  /** A block with what stands in it; blocks of one type and name are one. */
  private record Block(
      String type, String name, Map<String, String> settings, Map<String, Block> blocks) {
    Block(String type, String name) {
      this(type, name, new TreeMap<>(), new LinkedHashMap<>());
    }

    List<Block> all(String wanted) {
      return blocks.values().stream().filter(block -> block.type.equals(wanted)).toList();
    }
  }

  private final Deque<Block> open = new ArrayDeque<>(List.of(new Block("", "")));

  private MainReferenceReader() {}

  /** The meaning of a file, as a text that can be compared. */
  static String read(String text) throws RejectedException {
    MainReferenceReader reader = new MainReferenceReader();
    String begun = "";
    for (String raw : text.split("\n", -1)) {
      String line = withoutComment(raw.strip()).strip();
      if (line.isEmpty()) {
        begun = "";
      } else if (line.endsWith("\\")) {
        begun += line.substring(0, line.length() - 1).strip() + " ";
      } else {
        reader.line(begun + line);
        begun = "";
      }
    }
    if (reader.open.size() > 1) {
      throw new RejectedException("Missing '}'");
    }
    Block root = reader.open.element();
    for (Block server : root.all("dict_server")) {
      for (Block dict : server.all("dict")) {
        checkDict(dict);
      }
    }
    return text(root);
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

  private void line(String line) throws RejectedException {
    Matcher key = Pattern.compile("\"((?:\\\\.|[^\\\\\"])*+)\"?|[^\\s=]*").matcher(line);
    key.lookingAt();
    String word = key.group(1) == null ? key.group() : key.group(1);
    String rest = line.substring(key.end()).strip();
    if (rest.startsWith("=")) {
      setting(word, rest.substring(1).strip());
    } else if (word.equals("}") && rest.isEmpty()) {
      close();
    } else {
      Matcher head = Pattern.compile("(?:\"([^\"]*)\"|(?!\\{)(\\S*))?\\s*(\\{?)(.*)").matcher(rest);
      if (!head.matches() || head.group(3).isEmpty() || !head.group(4).isEmpty()) {
        throw new RejectedException("Expecting '{'");
      }
      open(word, head.group(1) == null ? head.group(2) : head.group(1));
    }
  }

  private void setting(String word, String value) throws RejectedException {
    Block block = open.element();
    if (block.type.equals("mail_plugins")) {
      block.settings.put(word, value);
      return;
    }
    for (String prefix : List.of(block.type + "_" + block.name + "_", block.type + "_", "")) {
      if (SETTINGS.contains(prefix + word)) {
        String plain = unquoted(prefix + word, value);
        if (!plain.equals(DEFAULTS.get(prefix + word))) {
          block.settings.put(prefix + word, plain);
        }
        return;
      }
    }
    throw new RejectedException("Unknown setting: " + word);
  }

  private static String unquoted(String key, String value) throws RejectedException {
    if (value.startsWith("<")) {
      throw new RejectedException("Can't open file");
    }
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    String plain =
        quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    boolean right =
        !(key.endsWith("field_type") && !TYPES.contains(plain))
            && !(key.endsWith("_port") && !plain.matches("\\d{1,5}"))
            && !(key.equals("mysql_ssl") && !plain.matches("yes|no"));
    if (!right) {
      throw new RejectedException("Invalid value: " + plain);
    }
    return plain;
  }

  private void open(String word, @Nullable String name) throws RejectedException {
    Block outer = open.element();
    for (String prefix : List.of(outer.type + "_", "")) {
      String type = prefix + word;
      boolean named = BLOCKS.contains(type + "*");
      if (named || BLOCKS.contains(type)) {
        boolean unnamed = name == null || name.isEmpty();
        if (named == unnamed) {
          throw new RejectedException("A section name is missing, or must not be there");
        }
        String id = unnamed ? "" : name;
        open.push(outer.blocks.computeIfAbsent(type + " " + id, key -> new Block(type, id)));
        return;
      }
    }
    throw new RejectedException("Unknown section name: " + word);
  }

  private void close() throws RejectedException {
    if (open.size() == 1) {
      throw new RejectedException("Unexpected '}'");
    }
    open.pop();
  }

  private static void checkDict(Block dict) throws RejectedException {
    if (!dict.settings.getOrDefault("dict_driver", dict.name).equals("sql")) {
      throw new RejectedException("Unknown dict module");
    }
    String driver = dict.settings.getOrDefault("sql_driver", "");
    if (dict.all(driver).isEmpty()) {
      throw new RejectedException("No server for this driver");
    }
    for (Block map : dict.all("dict_map")) {
      checkMap(map);
    }
  }

  private static void checkMap(Block map) throws RejectedException {
    if (map.all("dict_map_value_field").isEmpty()) {
      throw new RejectedException("dict_map_value_field { .. } named list filter is missing");
    }
    List<String> left =
        map.all("dict_map_key_field").stream()
            .map(key -> key.settings.getOrDefault("dict_map_key_field_value", ""))
            .collect(Collectors.toList());
    String pattern = map.settings.getOrDefault("dict_map_pattern", map.name);
    Matcher variable = Pattern.compile("\\$(?:\\{([^}]*)}|(\\w*))").matcher(pattern);
    while (variable.find()) {
      String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
      if (!left.remove("$" + name)) {
        throw new RejectedException("Missing SQL field for variable: $" + name);
      }
    }
    if (!left.isEmpty()) {
      throw new RejectedException("Unused variable: " + left);
    }
  }

  /** All that a block says; the order of keys means nothing, that of all else does. */
  private static String text(Block block) {
    StringBuilder text = new StringBuilder(block.type + " " + block.name + " " + block.settings);
    block.blocks.values().stream()
        .sorted((a, b) -> isKey(a) && isKey(b) ? a.name.compareTo(b.name) : rank(a) - rank(b))
        .forEach(inner -> text.append('[').append(text(inner)).append(']'));
    return text.toString();
  }

  private static boolean isKey(Block block) {
    return block.type.equals("dict_map_key_field");
  }

  /** Blocks of different types have no order among each other. */
  private static int rank(Block block) {
    return block.type.hashCode() >> 1;
  }
}

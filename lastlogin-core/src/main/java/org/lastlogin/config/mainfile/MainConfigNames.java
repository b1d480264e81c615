package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lastlogin.config.words.Suggestions;

/**
 * The settings and blocks of a main configuration that concern dicts. Each has a long name, which
 * is the type of its block and its short name, and may be written by its short one in that block.
 */
final class MainConfigNames {
  static final String DICT_SERVER = "dict_server";
  static final String DICT = "dict";
  static final String DICT_MAP = "dict_map";
  static final String VALUE_FIELD = "dict_map_value_field";
  static final String KEY_FIELD = "dict_map_key_field";
  static final String PGSQL_PARAMETERS = "pgsql_parameters";
  static final String LAST_LOGIN = "last_login";
  static final String SSL_CLIENT = "ssl_client";
  static final String CASSANDRA = "cassandra";
  static final String DICT_DRIVER = "dict_driver";
  static final String SQL_DRIVER = "sql_driver";

  /** The settings that belong to no type of block. */
  private static final List<String> COMMON = List.of(SQL_DRIVER, "ssl_cipher_list");

  private static final List<String> MYSQL =
      List.of(
          "host",
          "port",
          "user",
          "password",
          "dbname",
          "ssl",
          "option_file",
          "option_group",
          "client_flags",
          "connect_timeout",
          "read_timeout",
          "write_timeout",
          "connection_limit");

  private static final Map<String, List<String>> SETTINGS =
      Map.ofEntries(
          Map.entry(DICT, List.of("name", "driver")),
          Map.entry("dict_proxy", List.of("name", "socket_path", "idle_timeout", "slow_warn")),
          Map.entry(DICT_MAP, List.of("pattern", "sql_table", "username_field", "expire_field")),
          Map.entry(VALUE_FIELD, List.of("name", "type")),
          Map.entry(KEY_FIELD, List.of("name", "value", "type")),
          Map.entry("mysql", MYSQL),
          Map.entry("pgsql", List.of("host", "connection_limit")),
          Map.entry("sqlite", List.of("path", "journal_mode", "readonly")),
          Map.entry(
              SSL_CLIENT,
              List.of(
                  "ca_file",
                  "ca_dir",
                  "cert_file",
                  "key_file",
                  "key_password",
                  "require_valid_cert")),
          Map.entry(LAST_LOGIN, List.of("key", "precision")));

  private static final Set<String> LONG_SETTINGS =
      Stream.concat(
              COMMON.stream(),
              SETTINGS.entrySet().stream()
                  .flatMap(e -> e.getValue().stream().map(name -> e.getKey() + "_" + name)))
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> SORTED_SETTINGS = LONG_SETTINGS.stream().sorted().toList();

  /** The blocks that have names, and may therefore occur several times. */
  private static final Map<String, String> NAME_SETTINGS =
      Map.of(
          DICT,
          "dict_name",
          DICT_MAP,
          "dict_map_pattern",
          VALUE_FIELD,
          "dict_map_value_field_name",
          KEY_FIELD,
          "dict_map_key_field_name",
          "mysql",
          "mysql_host",
          "pgsql",
          "pgsql_host",
          CASSANDRA,
          "cassandra_name");

  private static final Set<String> UNNAMED_BLOCKS =
      Set.of(DICT_SERVER, "sqlite", LAST_LOGIN, SSL_CLIENT, PGSQL_PARAMETERS);

  /** Words that begin blocks: they may be shown even in a line with a syntax error. */
  static final Set<String> BLOCK_WORDS =
      Set.of(
          "dict_server",
          "dict",
          "dict_map",
          "map",
          "value_field",
          "key_field",
          "dict_map_value_field",
          "dict_map_key_field",
          "mysql",
          "pgsql",
          "sqlite",
          "parameters",
          "service",
          "inet_listener",
          "unix_listener",
          "fields",
          "plugin",
          "mailbox",
          "passdb",
          "userdb",
          "namespace",
          "protocol",
          "group",
          "}");

  private MainConfigNames() {}

  /** Returns the long name of a block's type, by the type of the block around it. */
  static String blockType(String outer, String type) {
    String joined = outer + "_" + type;
    return isKnownBlock(joined) ? joined : type;
  }

  static boolean isKnownBlock(String type) {
    return NAME_SETTINGS.containsKey(type) || UNNAMED_BLOCKS.contains(type);
  }

  /** Returns whether blocks of a type have no names. */
  static boolean isUnnamed(String type) {
    return UNNAMED_BLOCKS.contains(type);
  }

  /** Returns whether blocks of a type have names. */
  static boolean isNamed(String type) {
    return NAME_SETTINGS.containsKey(type);
  }

  /** The setting that overrides the name of a block. */
  static Optional<String> nameSetting(String type) {
    return Optional.ofNullable(NAME_SETTINGS.get(type));
  }

  /**
   * Returns whether the settings of a type of block are settings of what is around it: {@code
   * sqlite { path = x }} is another way to write {@code sqlite_path = x}.
   */
  static boolean isPrefixOnly(String type) {
    return UNNAMED_BLOCKS.contains(type) && SETTINGS.containsKey(type);
  }

  /** Returns the long name of a setting, by the block that it is in. */
  static String setting(String type, String blockName, String name) {
    return Stream.of(type + "_" + blockName + "_" + name, type + "_" + name)
        .filter(LONG_SETTINGS::contains)
        .findFirst()
        .orElse(name);
  }

  static boolean isKnownSetting(String longName) {
    return LONG_SETTINGS.contains(longName);
  }

  /** The names of the settings that one writes in a type of block. */
  static List<String> settingsIn(String type) {
    List<String> own = SETTINGS.getOrDefault(type, List.of());
    return switch (type) {
      case DICT -> Stream.concat(own.stream(), Stream.of(SQL_DRIVER)).toList();
      case DICT_SERVER -> List.of(SQL_DRIVER, DICT_DRIVER);
      default -> own;
    };
  }

  /** The types of blocks that one writes in a type of block. */
  static List<String> blocksIn(String type) {
    return switch (type) {
      case DICT_SERVER -> List.of(DICT, "mysql", "pgsql", "sqlite", DICT_MAP);
      case DICT -> List.of(DICT_MAP, "mysql", "pgsql", "sqlite");
      case DICT_MAP -> List.of("value_field", "key_field");
      case "mysql" -> List.of(SSL_CLIENT);
      case "pgsql" -> List.of("parameters");
      default -> List.of();
    };
  }

  /** Returns whether a word is the long or short name of a setting. */
  static boolean isSettingWord(String word) {
    return LONG_SETTINGS.contains(word)
        || SETTINGS.values().stream().anyMatch(names -> names.contains(word));
  }

  /** The setting that was probably meant by an unknown one. */
  static Optional<String> closestSetting(String type, String name) {
    return Suggestions.closest(name, settingsIn(type))
        .or(() -> Suggestions.closest(name, SORTED_SETTINGS));
  }
}

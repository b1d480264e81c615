package org.lastlogin.config.mainfile;

import java.util.Map;
import java.util.regex.Pattern;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.source.Diagnostics;

/**
 * Recognises in a configuration of Dovecot 2.4 what is written as in 2.3, and reports how it is
 * written in 2.4.
 */
final class MainConfigOldSyntax {
  /** An entry of {@code dict} in 2.3. */
  static final Pattern DICT_ENTRY =
      Pattern.compile(
          "(mysql|pgsql|sqlite|cassandra|proxy|file|fs|redis|ldap|memcached|cdb|fail):(.++)");

  private static final String CONNECT = "connect";

  private static final String CONNECT_HINT =
      "In Dovecot 2.4 a block says it, such as mysql HOST { with the lines port =, user =, password"
          + " = and dbname =.";

  private static final String MAP_HINT = "In Dovecot 2.4 a map begins with dict_map PATTERN {.";

  /** The settings of a map, and what they are in 2.4. */
  private static final Map<String, String> OF_MAPS =
      Map.of(
          "table", "In Dovecot 2.4 it is named sql_table.",
          "value_field", "In Dovecot 2.4 it is a block: value_field COLUMN { with a line type =.",
          "value_type", "In Dovecot 2.4 it is a line type = in the block value_field COLUMN {.",
          "value_hexblob", "In Dovecot 2.4 it is type = hexblob in the block value_field COLUMN {.",
          "key_field", "It is a block: key_field COLUMN { with a line value = $VARIABLE.");

  /** The settings and blocks that are not missing where these are written. */
  private static final Map<String, String> MEANT =
      Map.of(
          "table", "dict_map_sql_table",
          "value_field", MainConfigNames.VALUE_FIELD,
          "value_type", MainConfigNames.VALUE_FIELD,
          "value_hexblob", MainConfigNames.VALUE_FIELD);

  private final Diagnostics diagnostics;

  MainConfigOldSyntax(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Returns whether a setting of maps is one of 2.3; none of them is a password. */
  static boolean isOfMaps(String name) {
    return OF_MAPS.containsKey(name) || name.equals("pattern");
  }

  /** Reports a setting of 2.3 that is not in a block. */
  void explainAtTop(MainConfigSetting setting) {
    if (setting.key().equals(CONNECT)) {
      report(setting, CONNECT_HINT);
    }
  }

  /** Reports an unknown setting if it is one of 2.3; returns whether it is. */
  boolean explain(MainConfigBlock block, MainConfigSetting setting) {
    String name = setting.node().name().string();
    if (name.equals(CONNECT)) {
      report(setting, CONNECT_HINT);
      return true;
    }
    if (block.is(MainConfigNames.KEY_FIELD) && name.equals("pattern")) {
      block.misspelt().add("dict_map_key_field_value");
      report(
          setting,
          "Write value = "
              + setting.raw().string()
              + ". Early documentation of Dovecot 2.4 had pattern"
              + " here, which never worked.");
      return true;
    }
    if (block.is(MainConfigNames.DICT_SERVER) && explainEntry(setting)) {
      return true;
    }
    if (block.is(MainConfigNames.DICT_MAP) && OF_MAPS.containsKey(name)) {
      block.misspelt().add(MEANT.getOrDefault(name, ""));
      report(setting, OF_MAPS.get(name));
      return true;
    }
    if (block.is(MainConfigNames.DICT) && isOfMaps(name)) {
      report(setting, "It belongs into a map. " + MAP_HINT);
      return true;
    }
    return false;
  }

  private void report(MainConfigSetting setting, String hint) {
    String name = setting.node().name().string();
    diagnostics.error(setting.span(), "Unknown setting: " + name, hint, "Unknown setting: " + name);
  }

  /** Reports a block of 2.3; returns whether it is one. */
  boolean explain(MainConfigBlock block) {
    MainConfigBlock outer = block.parent();
    boolean map = block.name() == null && block.sections().get(0).type().is("map");
    if (outer != null && outer.is(MainConfigNames.DICT_MAP) && block.is("fields")) {
      diagnostics.error(
          block.span(),
          "Unknown block: fields",
          "In Dovecot 2.4 each line COLUMN = $VARIABLE of it is a block: key_field COLUMN { with a"
              + " line value = $VARIABLE.",
          "Unknown section name: fields");
      outer.misspelt().add(MainConfigNames.KEY_FIELD);
      return true;
    }
    if (map) {
      diagnostics.error(block.span(), "Unknown block: map", MAP_HINT, "Unknown section name: map");
    }
    return map || explainPlugin(block);
  }

  private boolean explainPlugin(MainConfigBlock block) {
    boolean ours =
        block.is("plugin")
            && block.settings().keySet().stream().anyMatch(key -> key.contains("last_login_"));
    if (ours) {
      diagnostics.error(
          block.span(),
          "Unknown block: plugin",
          "In Dovecot 2.4 last_login_key and similar settings are not in a block, and what was"
              + " last_login_dict is a block: last_login { with dict proxy { in it.",
          "Unknown section name: plugin");
    }
    return ours;
  }

  /** Reports the entries of a block of 2.3 with all dicts; returns whether it is one. */
  boolean explainDicts(MainConfigBlock block) {
    boolean any = false;
    for (var all : block.settings().values()) {
      for (MainConfigSetting setting : all) {
        any |= explainEntry(setting);
      }
    }
    return any;
  }

  private boolean explainEntry(MainConfigSetting setting) {
    var matcher = DICT_ENTRY.matcher(setting.raw().string());
    if (!matcher.matches() || MainConfigNames.isKnownSetting(setting.key())) {
      return false;
    }
    String name = setting.node().name().string();
    String driver = matcher.group(1);
    String lines =
        SqlDriver.ofConfigName(driver).isPresent()
            ? "driver = sql, sql_driver = " + driver + " and the maps of that file as dict_map"
            : "driver = " + driver;
    diagnostics.error(
        setting.span(),
        "This is how Dovecot 2.3 names a dict",
        "In Dovecot 2.4 it is a block of its own in dict_server: dict "
            + name
            + " { with "
            + lines
            + ".",
        "Unknown setting: " + name);
    return true;
  }
}

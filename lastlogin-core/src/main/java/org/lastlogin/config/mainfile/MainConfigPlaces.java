package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Map;
import org.lastlogin.config.source.MissingSetting;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Span;

/** Finds the place in a block of a main configuration where a setting is missing. */
final class MainConfigPlaces {
  /** The settings in their usual order, by the types of the blocks. */
  private static final Map<String, List<String>> ORDER =
      Map.of(
          MainConfigNames.DICT,
          List.of("driver", MainConfigNames.SQL_DRIVER),
          MainConfigNames.DICT_MAP,
          List.of("sql_table", "username_field", "expire_field"),
          MainConfigNames.VALUE_FIELD,
          List.of("type"),
          MainConfigNames.KEY_FIELD,
          List.of("value", "type"),
          "mysql",
          List.of("port", "user", "password", "dbname"));

  private MainConfigPlaces() {}

  /** Returns the place before which a setting is missing. */
  static Span missing(String name, MainConfigBlock block) {
    Section section = block.sections().get(0);
    Span close = section.close();
    return section.nodes().isEmpty() && close != null
        ? close
        : new MissingSetting(section, ORDER.getOrDefault(block.type(), List.of(name))).before(name);
  }

  /** Returns a block, as messages about other places name it. */
  static String named(MainConfigBlock block) {
    return block.sections().get(0).type().string() + " in line " + block.span().line();
  }
}

package org.lastlogin.jdbc.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement that created a SQLite table, as the database keeps it. SQLite cannot change a
 * column: the table is created again from this definition. Immutable.
 *
 * @param before the text before the name of the first column
 * @param parts the definitions of columns, then of the table
 * @param after what follows the last of them
 * @param dependents the statements that created its indexes and triggers
 */
record SqliteDefinition(String before, List<String> parts, String after, List<String> dependents) {
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?is)((?:\\s|--[^\n"
              + "]*+\n"
              + "|/\\*.*?\\*/)*+)(\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]|[^\\s\"`\\[(]+)(.*?)"
              + "(\\s*(?:\\b(?:CONSTRAINT|PRIMARY|NOT|NULL|UNIQUE|CHECK|DEFAULT|COLLATE|REFERENCES"
              + "|GENERATED|AS)\\b.*)?)");
  private static final Pattern COLLATION = Pattern.compile("(?i)\\bCOLLATE\\s+[\"`]?(\\w+)[\"`]?");

  /** Texts, names and comments, which are not looked into. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "(?s)'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|`[^`]*+`|\\[[^\\]]*+\\]|--[^\n]*+|/\\*.*?\\*/");

  /** Reads the statement; empty if it is that of a view or a virtual table. */
  static Optional<SqliteDefinition> of(String create, List<String> dependents) {
    // However it was written, SQLite keeps it with this beginning.
    if (!create.startsWith("CREATE TABLE")) {
      return Optional.empty();
    }
    List<Integer> cuts = cuts(create);
    if (cuts.size() < 2) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      parts.add(create.substring(cuts.get(i - 1) + 1, cuts.get(i)));
    }
    return Optional.of(
        new SqliteDefinition(
            create.substring(0, cuts.get(0)),
            List.copyOf(parts),
            create.substring(cuts.get(cuts.size() - 1) + 1),
            List.copyOf(dependents)));
  }

  /** Returns the positions of the outermost parentheses and of the commas between them. */
  private static List<Integer> cuts(String create) {
    List<Integer> cuts = new ArrayList<>();
    Matcher opaque = OPAQUE.matcher(create);
    int depth = 0;
    for (int i = 0; i < create.length(); i++) {
      if (opaque.region(i, create.length()).lookingAt()) {
        i = opaque.end() - 1;
        continue;
      }
      char c = create.charAt(i);
      boolean outermost = depth == (c == '(' ? 0 : 1);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (outermost && (c == '(' || c == ')' || c == ',')) {
        cuts.add(i);
        if (c == ')') {
          return cuts;
        }
      }
    }
    return List.of();
  }

  /** Returns the collation of a column; empty if the table does not say. */
  String collation(String column) {
    return parts.stream()
        .map(COLUMN::matcher)
        .filter(part -> part.matches() && isNamed(part, column))
        .map(part -> COLLATION.matcher(part.group(4)))
        .filter(Matcher::find)
        .map(collation -> collation.group(1))
        .findFirst()
        .orElse("");
  }

  private static boolean isNamed(Matcher part, String column) {
    return part.group(2).replaceAll("^[\"`\\[]|[\"`\\]]$", "").equalsIgnoreCase(column);
  }

  /**
   * Returns the text in the parentheses, with other types and the binary collation for some
   * columns.
   */
  String columns(Map<String, String> types) {
    return String.join(",", parts.stream().map(part -> changed(part, types)).toList());
  }

  private static String changed(String definition, Map<String, String> types) {
    Matcher part = COLUMN.matcher(definition);
    if (!part.matches()) {
      return definition;
    }
    return types.entrySet().stream()
        .filter(change -> isNamed(part, change.getKey()))
        .findFirst()
        .map(change -> changed(part, change.getValue()))
        .orElse(definition);
  }

  private static String changed(Matcher part, String type) {
    String rest = COLLATION.matcher(part.group(4)).replaceAll("COLLATE BINARY");
    return part.group(1) + part.group(2) + " " + type + rest;
  }
}

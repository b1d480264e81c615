package org.lastlogin.map;

import java.util.List;

/**
 * A key's map, and what the key says of the row. Immutable.
 *
 * @param map the map that serves the key
 * @param variables the values of the pattern's variables, in their order in the pattern
 */
public record MapMatch(DictMap map, List<String> variables) {
  public MapMatch {
    variables = variables instanceof Values ? variables : List.copyOf(variables);
  }

  /** The text that belongs into the column of a key field. */
  public String valueOf(KeyField field) {
    return variables.get(map.pattern().variables().indexOf(field.variable()));
  }
}

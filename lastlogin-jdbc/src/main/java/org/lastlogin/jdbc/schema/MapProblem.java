package org.lastlogin.jdbc.schema;

import java.util.Objects;
import org.lastlogin.map.DictMap;

/**
 * A reason why a dict map cannot be used here. Immutable.
 *
 * @param map the map
 * @param part the part of it that is at fault: the name of its table or of one of its columns
 * @param reason what is wrong with that part
 */
public record MapProblem(DictMap map, String part, String reason) {
  public MapProblem {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(reason, "reason");
  }
}

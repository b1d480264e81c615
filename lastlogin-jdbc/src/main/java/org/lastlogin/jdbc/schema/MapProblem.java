package org.lastlogin.jdbc.schema;

import java.util.Objects;
import org.lastlogin.map.DictMap;

/**
 * Why a dict map cannot be used here. Immutable.
 *
 * @param map the map
 * @param part what in it is at fault: the name of its table or of one of its columns
 * @param reason what is wrong with that
 */
public record MapRefusal(DictMap map, String part, String reason) {
  public MapRefusal {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(reason, "reason");
  }
}

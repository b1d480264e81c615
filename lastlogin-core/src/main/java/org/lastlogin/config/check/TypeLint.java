package org.lastlogin.config.check;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.words.KnownKeys;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/** Finds maps for numbers whose type differs from that of all others of their table. */
final class TypeLint {
  private final List<MapDraft> maps;
  private final Diagnostics diagnostics;

  /** For each table, how many maps for numbers have which type. */
  private final Map<String, Map<ValueType, Integer>> types = new HashMap<>();

  TypeLint(List<MapDraft> maps, Diagnostics diagnostics) {
    this.maps = maps;
    this.diagnostics = diagnostics;
  }

  /** Warns of each such map. */
  void check() {
    List<MapDraft> numbers =
        maps.stream().filter(map -> KnownKeys.isNumber(map.map().pattern().toString())).toList();
    for (MapDraft map : numbers) {
      ofTable(map.map()).merge(type(map.map()), 1, Integer::sum);
    }
    for (MapDraft map : numbers) {
      Span place = map.typePlace();
      if (place != null) {
        check(map.map(), place);
      }
    }
  }

  private Map<ValueType, Integer> ofTable(DictMap map) {
    return types.computeIfAbsent(map.table(), table -> new EnumMap<>(ValueType.class));
  }

  private static ValueType type(DictMap map) {
    return map.valueFields().get(0).type();
  }

  private void check(DictMap map, Span place) {
    Map<ValueType, Integer> ofTable = ofTable(map);
    ValueType type = type(map);
    Optional<ValueType> other =
        ofTable.keySet().stream().filter(candidate -> candidate != type).findFirst();
    if (ofTable.size() != 2 || other.isEmpty() || ofTable.getOrDefault(type, 0) > 1) {
      return;
    }
    boolean forgotten = type == ValueType.STRING;
    if (forgotten || ofTable.getOrDefault(other.get(), 0) > 1) {
      String name = other.get().configName();
      diagnostics.warning(
          place,
          "The values of this map are "
              + type.configName()
              + ", those of the others of table "
              + map.table()
              + " are "
              + name,
          forgotten ? "The type " + name + " seems to be missing." : "Did you mean " + name + "?");
    }
  }
}

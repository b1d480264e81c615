package org.lastlogin.jdbc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueField;

/**
 * The rules by which the values of each map are written. Immutable.
 *
 * @param special the rules of those maps that do not have the {@linkplain ValueRule#DEFAULT usual
 *     one}
 */
record ValueRules(Map<DictMap, ValueRule> special) {
  /** The rules of Dovecot: any value overwrites. */
  static final ValueRules DEFAULT = new ValueRules(Map.of());

  ValueRules {
    special = Map.copyOf(special);
  }

  ValueRule of(DictMap map) {
    return special.getOrDefault(map, ValueRule.DEFAULT);
  }

  /** Returns these rules with those of some maps changed. */
  ValueRules change(DictMaps maps, Predicate<DictMap> which, UnaryOperator<ValueRule> change) {
    Map<DictMap, ValueRule> changed = new HashMap<>(special);
    for (DictMap map : maps) {
      if (which.test(map)) {
        changed.put(map, change.apply(of(map)));
      }
    }
    return new ValueRules(changed);
  }

  /**
   * Refuses rules that are impossible.
   *
   * @throws IllegalArgumentException if values of a type that has no order shall be kept by it, or
   *     two maps disagree on a column that they share
   */
  void check(DictMaps maps) {
    Map<String, DictMap> columns = new LinkedHashMap<>();
    for (DictMap map : maps) {
      of(map)
          .problem(map)
          .ifPresent(
              reason -> {
                throw new IllegalArgumentException(reason);
              });
      ValueField field = map.valueFields().get(0);
      String column = (map.table() + " " + field.column()).toLowerCase(Locale.ROOT);
      DictMap other = columns.putIfAbsent(column, map);
      if (other != null && !agree(map, other)) {
        throw new IllegalArgumentException(
            "The maps of "
                + other.pattern()
                + " and "
                + map.pattern()
                + " share the column "
                + field.column()
                + ": it needs one policy, one precision and one type");
      }
    }
  }

  private boolean agree(DictMap a, DictMap b) {
    ValueRule one = of(a);
    ValueRule other = of(b);
    if (one.equals(ValueRule.DEFAULT) && other.equals(ValueRule.DEFAULT)) {
      return true;
    }
    return one.policy() == other.policy()
        && one.times()
            .map(ValueRule.Times::precision)
            .equals(other.times().map(ValueRule.Times::precision))
        && Objects.equals(a.valueFields().get(0).type(), b.valueFields().get(0).type());
  }
}

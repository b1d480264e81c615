package org.lastlogin.jdbc;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictOperation.Increment;
import org.lastlogin.dict.DictOperation.Set;
import org.lastlogin.dict.DictOperation.Unset;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.jdbc.MappedKey.MalformedException;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;

/**
 * The checked changes of a transaction, before anything is sent. Immutable.
 *
 * <p>Consecutive sets of one row become one change, and so do increments: two keys of a quota are
 * one row with two columns. A map without key columns cannot be unset: {@code DELETE} without
 * {@code WHERE} would empty the table.
 *
 * @param changes the changes, in their order
 * @param keys which keys change, for messages
 * @param hidesValues whether the values must not appear in a log
 */
record WriteSet(List<RowChange> changes, String keys, boolean hidesValues) {
  WriteSet {
    changes = List.copyOf(changes);
  }

  /**
   * Checks a transaction.
   *
   * @param rules what is done with values
   * @param expiryRules when rows expire
   * @throws DictException if any of it cannot be done
   */
  static WriteSet of(
      DictMaps maps, ValueRules rules, ExpiryRules expiryRules, DictTransaction transaction) {
    List<Mapped> mapped = new ArrayList<>(transaction.operations().size());
    for (DictOperation operation : transaction.operations()) {
      String key = operation.key();
      MappedKey target = MappedKey.of(maps, name(operation), key, transaction.context());
      if (target.columns().isEmpty()) {
        throw new DictException(
            "sql dict " + name(operation) + ": " + key + " has no fields that would find its row");
      }
      mapped.add(new Mapped(operation, target, rules.of(target.map())));
    }
    List<RowChange> changes = new ArrayList<>();
    for (int start = 0, end; start < mapped.size(); start = end) {
      end = start + 1;
      while (end < mapped.size() && mapped.get(end).continues(mapped.get(start))) {
        end++;
      }
      changes.add(change(mapped.subList(start, end), expiryRules, transaction.expiry()));
    }
    return new WriteSet(changes, keys(transaction), transaction.hidesValues());
  }

  private static String keys(DictTransaction transaction) {
    List<DictOperation> operations = transaction.operations();
    return switch (operations.size()) {
      case 0 -> "no key";
      case 1 -> "key " + operations.get(0).key();
      default -> operations.size() + " keys (first " + operations.get(0).key() + ")";
    };
  }

  /** Returns whether making the changes twice comes to the same as making them once. */
  boolean isRepeatable() {
    return changes.stream().noneMatch(RowChange.Increment.class::isInstance);
  }

  private static String name(DictOperation operation) {
    if (operation instanceof DictOperation.Append) {
      throw new DictException(
          "sql dict append: Not supported: " + operation.key() + " can be set and incremented");
    }
    return operation instanceof Set ? "set" : operation instanceof Unset ? "unset" : "atomic inc";
  }

  private static RowChange change(List<Mapped> run, ExpiryRules rules, Duration expiry) {
    Mapped first = run.get(0);
    SortedMap<String, SqlValue> values = new TreeMap<>();
    SortedMap<String, SqlValue> differences = new TreeMap<>();
    try {
      for (Mapped mapped : run) {
        String column = mapped.target.valueField().column();
        if (mapped.operation instanceof Set set) {
          SqlValue value = mapped.value(set);
          values.merge(column, value, mapped.keepsNewest() ? SqlValue::greater : (a, b) -> b);
        } else if (mapped.operation instanceof Increment increment) {
          SqlValue difference = SqlValue.Whole.of(increment.difference());
          differences.merge(column, difference, WriteSet::sum);
        }
      }
      // After the values: if both are malformed, Dovecot's dict server names the value.
      RowKey row = first.target.row();
      return first.operation instanceof Set
          ? upsert(row, values, first, rules, expiry)
          : first.operation instanceof Increment
              ? new RowChange.Increment(row, differences, rules.now(first.target.map()))
              : new RowChange.Delete(row);
    } catch (MalformedException e) {
      throw failure(run, e);
    }
  }

  private static RowChange upsert(
      RowKey row,
      SortedMap<String, SqlValue> values,
      Mapped first,
      ExpiryRules rules,
      Duration expiry) {
    DictMap map = first.target.map();
    Expiry now = rules.now(map);
    if (now == null) {
      return new RowChange.Upsert(row, values, first.keepsNewest(), null, List.of());
    }
    values.put(now.column(), rules.end(expiry));
    List<String> others = new ArrayList<>(rules.valueColumns(map, now.column()));
    others.removeAll(values.keySet());
    return new RowChange.Upsert(row, values, first.keepsNewest(), now, others);
  }

  private static SqlValue sum(SqlValue a, SqlValue b) {
    BigInteger sum = ((SqlValue.Whole) a).number().add(((SqlValue.Whole) b).number());
    return new SqlValue.Whole(sum);
  }

  private static DictException failure(List<Mapped> run, MalformedException e) {
    String reason = String.valueOf(e.getMessage());
    String key = run.get(0).target.key();
    if (run.get(0).operation instanceof Set) {
      return new InvalidValueException(run.size(), key, e.text(), reason);
    }
    return run.get(0).operation instanceof Unset
        ? new DictException("dict-sql: Failed to delete " + key + ": " + reason, e)
        : new DictException(
            "dict-sql: Failed to increase " + run.size() + " fields (first " + key + "): " + reason,
            e);
  }

  /** An operation, what its key means, and how its value is written. */
  private record Mapped(DictOperation operation, MappedKey target, ValueRule rule) {
    boolean keepsNewest() {
      return rule.policy() == WritePolicy.KEEP_NEWEST;
    }

    SqlValue value(Set set) throws MalformedException {
      SqlValue value = target.value(set.value());
      try {
        return rule.apply(value);
      } catch (IllegalArgumentException e) {
        throw new DictException("dict-sql: Failed to set " + set.key() + ": " + e.getMessage(), e);
      }
    }

    boolean continues(Mapped earlier) {
      return !(operation instanceof Unset)
          && operation.getClass() == earlier.operation.getClass()
          && rule.policy() == earlier.rule.policy()
          && target.sameRow(earlier.target);
    }
  }
}

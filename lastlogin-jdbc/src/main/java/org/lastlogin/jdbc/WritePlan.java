package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.RowChange.Shape;
import org.lastlogin.jdbc.RowChange.Upsert;

/**
 * Arranges the changes of many transactions into few statements, without changing what any row ends
 * up as.
 *
 * <p>The changes come in <em>waves</em>. Within a wave no two changes depend on each other's order,
 * so that all upserts of one {@linkplain Shape shape} become one statement with its rows in key
 * order; the waves follow one another. A change goes into the earliest wave that keeps it behind
 * the changes of the same row that arrived before it: the wave of the last one if both can be made
 * in any order, or if it replaces that one; else the next. Rows never wait for each other, and
 * there are as many waves as the busiest row needs.
 *
 * <p>A plan is built by one thread, and read-only afterwards.
 */
final class WritePlan {

  /** The changes that may be made in any order. */
  static final class Wave {
    /** Upserts by their shape; the last one of a row replaces those before it. */
    final SortedMap<Shape, SortedMap<RowKey, Upsert>> upserts = new TreeMap<>();

    /** Increments and deletions, which are made one by one. */
    final List<RowChange> others = new ArrayList<>();

    private final Map<Shape, UniqueKey> targets = new HashMap<>();

    /** The rows of a shape, in key order. */
    Collection<Upsert> rows(Shape shape) {
      return upserts.getOrDefault(shape, Collections.emptySortedMap()).values();
    }

    /** The unique key that upserts of a shape run into if their row exists. */
    UniqueKey target(Shape shape) {
      return Objects.requireNonNull(targets.get(shape), "no such shape");
    }
  }

  private final List<Wave> waves = new ArrayList<>();
  private final Map<String, Lane> lanes = new HashMap<>();

  /** What is to be done, in this order. */
  List<Wave> waves() {
    return waves;
  }

  /**
   * Adds a change behind all those added before.
   *
   * @param key the unique key that tells the rows apart which the change may mean, or {@code null}
   *     if the change may mean several rows
   */
  void add(RowChange change, @Nullable UniqueKey key) {
    int number =
        lanes.computeIfAbsent(change.row().table(), table -> new Lane()).place(change, key);
    while (waves.size() <= number) {
      waves.add(new Wave());
    }
    Wave wave = waves.get(number);
    if (change instanceof Upsert upsert) {
      Shape shape = upsert.shape();
      wave.targets.put(shape, Objects.requireNonNull(key, "an upsert's key"));
      wave.upserts.computeIfAbsent(shape, s -> new TreeMap<>()).put(upsert.row(), upsert);
    } else {
      wave.others.add(change);
    }
  }

  /** The changes of one table: which wave each of its rows has reached. */
  private static final class Lane {
    private @Nullable UniqueKey key;
    private final Map<List<String>, Claim> claims = new HashMap<>();
    private int first;
    private int last = -1;

    int place(RowChange change, @Nullable UniqueKey changeKey) {
      if (changeKey == null || !changeKey.equals(key)) {
        // Rows told apart in different ways cannot be compared: all that was before stays before.
        key = changeKey;
        claims.clear();
        first = last + 1;
      }
      int wave = changeKey == null ? first : claim(change, changeKey.identity(change.row()));
      last = Math.max(last, wave);
      return wave;
    }

    private int claim(RowChange change, List<String> identity) {
      Claim claim = claims.get(identity);
      if (claim == null || !claim.admits(change)) {
        claim = new Claim(claim == null ? first : claim.wave + 1, change.row());
        claims.put(identity, claim);
      }
      claim.add(change);
      return claim.wave;
    }
  }

  /** What a wave does to one row. */
  private static final class Claim {
    final int wave;
    private final RowKey row;
    private final Set<Shape> shapes = new HashSet<>();
    private final Set<String> columns = new HashSet<>();
    private boolean exclusive;

    Claim(int wave, RowKey row) {
      this.wave = wave;
      this.row = row;
    }

    boolean admits(RowChange change) {
      return !exclusive
          && change instanceof Upsert upsert
          && upsert.row().equals(row)
          && (shapes.contains(upsert.shape())
              || Collections.disjoint(columns, upsert.values().keySet()));
    }

    void add(RowChange change) {
      if (change instanceof Upsert upsert) {
        shapes.add(upsert.shape());
        columns.addAll(upsert.values().keySet());
      } else {
        exclusive = true;
      }
    }
  }
}

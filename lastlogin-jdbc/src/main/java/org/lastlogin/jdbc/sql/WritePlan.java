package org.lastlogin.jdbc.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.sql.RowChange.Upsert;

/**
 * Arranges the changes of many transactions into few statements. The final state of every row stays
 * the same.
 *
 * <p>The changes come in <em>waves</em>. Within a wave no two changes depend on each other's order,
 * so that all changes of one {@linkplain Shape shape} become one {@linkplain Batch batch} with its
 * rows in key order; the waves follow one another. A change goes into the earliest wave that keeps
 * it after earlier changes of the same row: into the wave of the last one if both can be made in
 * any order, or if it replaces that one; else into the next. Rows never wait for each other, and
 * there are as many waves as the busiest row needs. Increments of one row by several transactions
 * are not summed: the sum may fit into the column where the first alone does not, and each
 * increment without a row must be known.
 *
 * <p>A plan is built by one thread, and read-only afterwards.
 */
final class WritePlan {
  private final List<Wave> waves = new ArrayList<>();
  private final Map<String, Lane> lanes = new HashMap<>();

  /** Returns the waves in their order. */
  List<Wave> waves() {
    return waves;
  }

  /**
   * Adds a change after all earlier ones.
   *
   * @param key the unique key that tells the rows apart which the change may mean, or {@code null}
   *     if the change may mean several rows
   */
  void add(RowChange change, @Nullable UniqueKey key) {
    Shape shape = change.shape();
    int number =
        lanes.computeIfAbsent(shape.table(), table -> new Lane()).place(change, shape, key);
    while (waves.size() <= number) {
      waves.add(new Wave());
    }
    waves.get(number).add(change, shape, key);
  }

  /** The changes that may be made in any order. */
  static final class Wave {
    private final Map<Shape, Batch> batches = new HashMap<>();

    /** Returns the changes by shape, in the same order for all writers. */
    List<Batch> batches() {
      return batches.values().stream()
          .sorted(Comparator.comparing(batch -> batch.shape.toString()))
          .toList();
    }

    private void add(RowChange change, Shape shape, @Nullable UniqueKey key) {
      batches.computeIfAbsent(shape, s -> new Batch(s, key)).add(change);
    }
  }

  /** The changes of one shape: one for each row, which comes to the same as all that it had. */
  static final class Batch {
    private final Shape shape;
    private final @Nullable UniqueKey target;
    private final Map<RowKey, RowChange> rows;

    private Batch(Shape shape, @Nullable UniqueKey target) {
      this.shape = shape;
      this.target = target;
      this.rows =
          target == null ? new TreeMap<>() : new TreeMap<>(target.order(shape.keyColumns()));
    }

    private void add(RowChange change) {
      rows.merge(
          change.row(),
          change,
          (earlier, later) ->
              earlier instanceof Upsert one && later instanceof Upsert other
                  ? one.followedBy(other)
                  : later);
    }

    Shape shape() {
      return shape;
    }

    /** The unique key that the changes run into if their row exists. */
    @Nullable UniqueKey target() {
      return target;
    }

    /**
     * Returns the changes in the order of the key, so that all writers lock rows in the same order.
     */
    List<RowChange> changes() {
      return List.copyOf(rows.values());
    }
  }

  /** The changes of one table: which wave each of its rows has reached. */
  private static final class Lane {
    private @Nullable UniqueKey key;
    private final Map<String, Claim> claims = new HashMap<>();
    private int first;
    private int last = -1;

    int place(RowChange change, Shape shape, @Nullable UniqueKey changeKey) {
      if (changeKey == null || !changeKey.equals(key)) {
        // Rows told apart in different ways cannot be compared: all that was before stays before.
        key = changeKey;
        claims.clear();
        first = last + 1;
      }
      int wave = changeKey == null ? first : claim(change, shape, changeKey);
      last = Math.max(last, wave);
      return wave;
    }

    private int claim(RowChange change, Shape shape, UniqueKey changeKey) {
      String identity = changeKey.identity(change.row());
      Claim claim = claims.get(identity);
      if (claim == null || !claim.admits(change, shape)) {
        claim = new Claim(claim == null ? first : claim.wave + 1, change);
        claims.put(identity, claim);
      }
      claim.add(change, shape);
      return claim.wave;
    }
  }

  /** The changes of one row in a wave. */
  private static final class Claim {
    final int wave;
    private final RowKey row;
    private final List<Shape> shapes = new ArrayList<>(1);
    private RowChange newest;

    Claim(int wave, RowChange first) {
      this.wave = wave;
      this.row = first.row();
      this.newest = first;
    }

    /**
     * Returns whether a change may share the wave. Only sets of the same row may: of the same
     * columns, or of entirely different ones.
     */
    boolean admits(RowChange change, Shape shape) {
      return change instanceof Upsert later
          && change.row().equals(row)
          && (shapes.contains(shape)
              ? newest instanceof Upsert earlier && !earlier.isOverBy(later)
              : shapes.stream().allMatch(other -> areApart(shape, other)));
    }

    private static boolean areApart(Shape a, Shape b) {
      return a instanceof Shape.Upsert one
          && b instanceof Shape.Upsert other
          && Collections.disjoint(one.valueColumns(), other.valueColumns());
    }

    void add(RowChange change, Shape shape) {
      newest = change;
      if (!shapes.contains(shape)) {
        shapes.add(shape);
      }
    }
  }
}

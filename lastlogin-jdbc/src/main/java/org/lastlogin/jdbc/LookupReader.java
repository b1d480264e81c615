package org.lastlogin.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.MappedKey.MalformedException;
import org.lastlogin.jdbc.group.GroupFailure;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.group.GroupWork;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.Sql;
import org.lastlogin.jdbc.sql.SqlErrors;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueField;

/**
 * Reads lookups. Those of one map that wait together share a query, a UNION ALL of one query each.
 * A list of keys in one condition would be shorter, but only the database knows which row it found
 * for which key: it may take two spellings for one.
 */
final class LookupReader implements GroupWork<LookupReader.Lookup, LookupResult> {
  /** The maximum number of lookups that share a query. */
  private static final int MAX_SHARING = 50;

  private final Database database;
  private final Outage outage;

  LookupReader(Database database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  /**
   * A lookup of a key.
   *
   * @param key the key
   * @param map the map that serves it
   * @param row the row it means
   * @param expiry when the row counts as gone; {@code null} if it stays
   */
  record Lookup(String key, DictMap map, RowKey row, @Nullable Expiry expiry) {
    /**
     * Finds the row that a key means.
     *
     * @throws DictException if no map serves the key, or the key cannot be that of a row
     */
    static Lookup of(DictMaps maps, String key, DictContext context, ExpiryRules expiryRules) {
      MappedKey mapped = MappedKey.of(maps, "lookup", key, context);
      try {
        return new Lookup(key, mapped.map(), mapped.row(), expiryRules.now(mapped.map()));
      } catch (MalformedException e) {
        throw new DictException(
            "sql dict lookup: Failed to lookup key " + key + ": " + e.getMessage(), e);
      }
    }

    List<SqlValue> parameters() {
      List<SqlValue> parameters = new ArrayList<>(row.values());
      if (expiry != null) {
        parameters.add(expiry.parameter());
      }
      return parameters;
    }

    /** Returns the part that lookups must have in common to share a query. */
    Query query() {
      return new Query(map, row.columns());
    }
  }

  private record Query(DictMap map, List<String> keyColumns) {
    List<String> valueColumns() {
      return map.valueFields().stream().map(ValueField::column).toList();
    }
  }

  @Override
  public List<LookupResult> run(List<Lookup> group, Duration limit) throws GroupFailure {
    Map<Query, List<Integer>> queries = new LinkedHashMap<>();
    for (int i = 0; i < group.size(); i++) {
      queries.computeIfAbsent(group.get(i).query(), query -> new ArrayList<>()).add(i);
    }
    LookupResult[] results = new LookupResult[group.size()];
    Arrays.fill(results, LookupResult.notFound());
    try {
      database.withSession(
          session -> {
            outage.over();
            for (Map.Entry<Query, List<Integer>> query : queries.entrySet()) {
              List<Integer> numbers = query.getValue();
              for (int from = 0; from < numbers.size(); from += MAX_SHARING) {
                int to = Math.min(numbers.size(), from + MAX_SHARING);
                read(session, query.getKey(), group, numbers.subList(from, to), results);
              }
            }
            return true;
          },
          limit);
      return List.of(results);
    } catch (SQLException e) {
      throw failure(e, group);
    }
  }

  private static void read(
      Session session,
      Query query,
      List<Lookup> group,
      List<Integer> numbers,
      LookupResult[] results)
      throws SQLException {
    List<SqlValue> parameters = new ArrayList<>();
    numbers.forEach(number -> parameters.addAll(group.get(number).parameters()));
    String select =
        session
            .queries()
            .selectMany(
                query.valueColumns(),
                query.map().table(),
                query.keyColumns(),
                query.map().expireField().orElse(null),
                numbers.size());
    session.query(
        new Sql(select, parameters),
        rows -> {
          while (rows.next()) {
            results[numbers.get(rows.getInt(1))] = found(query.map(), rows);
          }
          return true;
        });
  }

  private static LookupResult found(DictMap map, ResultSet row) throws SQLException {
    return LookupResult.found(SqlValue.readAll(map.valueFields(), row, 2));
  }

  private static GroupFailure failure(SQLException e, List<Lookup> group) {
    Kind kind = FailureKinds.of(e);
    if (kind == Kind.HOPELESS) {
      return new GroupFailure(new DatabaseDownException(e), kind);
    }
    Lookup first = group.get(0);
    // Lookups that share a query must not see each other's keys.
    String key = group.size() == 1 ? "Failed to lookup key " + first.key() + ": " : "";
    String message =
        "sql dict lookup: "
            + key
            + "table "
            + first.row().table()
            + ": "
            + SqlErrors.message(e, false);
    return new GroupFailure(new DictException(message, e), kind);
  }

  @Override
  public Set<?> rows(Lookup item) {
    return Set.of();
  }

  @Override
  public boolean isRepeatable(Lookup item) {
    return true;
  }

  @Override
  public String noun() {
    return "lookup";
  }

  @Override
  public DictException uncertain(DictException reason) {
    return reason;
  }

  @Override
  public void failed(DictException reason) {
    outage.failed(reason);
  }
}

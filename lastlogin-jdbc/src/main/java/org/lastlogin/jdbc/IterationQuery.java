package org.lastlogin.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictScope;
import org.lastlogin.jdbc.sql.Criterion;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.KeyColumns;
import org.lastlogin.jdbc.sql.Sql;
import org.lastlogin.jdbc.sql.SqlQueries;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.PathMatch;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/** The query of an iteration in the table of one map. Immutable. */
final class IterationQuery {
  private final DictIteration iteration;
  private final DictMap map;
  private final PathMatch match;
  private final List<KeyField> openFields;
  private final @Nullable Expiry expiry;

  private IterationQuery(DictIteration iteration, PathMatch match, @Nullable Expiry expiry) {
    this.iteration = iteration;
    this.map = match.map();
    this.match = match;
    this.openFields =
        map.pattern().variables().stream()
            .skip(match.bound().size())
            .map(variable -> field(map, variable))
            .toList();
    this.expiry = expiry;
  }

  /**
   * Returns the queries of an iteration: one for each map with keys below its path, in the order of
   * the maps; none if there are none.
   *
   * @param rules when rows expire
   * @throws DictException if the path is neither private nor shared, or lacks its user
   */
  static List<IterationQuery> of(DictMaps maps, ExpiryRules rules, DictIteration iteration) {
    String path = iteration.path();
    boolean ofUser = DictScope.require(path, iteration.context()) == DictScope.PRIVATE;
    return matches(maps, iteration).stream()
        .filter(match -> !ofUser || KeyColumns.ofUser(match.map()).isPresent())
        .map(match -> new IterationQuery(iteration, match, rules.now(match.map())))
        .toList();
  }

  private static List<PathMatch> matches(DictMaps maps, DictIteration iteration) {
    if (iteration.has(Flag.EXACT_KEY)) {
      return maps.matchAll(iteration.path()).stream()
          .map(match -> new PathMatch(match.map(), match.variables(), ""))
          .toList();
    }
    return maps.below(iteration.path(), iteration.has(Flag.RECURSE));
  }

  private static KeyField field(DictMap map, String variable) {
    return map.keyFields().stream()
        .filter(field -> field.variable().equals(variable))
        .findFirst()
        .orElseThrow();
  }

  String table() {
    return map.table();
  }

  /**
   * Returns the statement; {@code null} if no row can match the path.
   *
   * @param limit how many rows are wanted at most; 0 for all
   */
  @Nullable Sql sql(SqlQueries queries, long limit) {
    List<Criterion> conditions = new ArrayList<>();
    List<SqlValue> parameters = new ArrayList<>();
    for (KeyField field : map.keyFields()) {
      int variable = map.pattern().variables().indexOf(field.variable());
      if (variable < match.bound().size()) {
        SqlValue value = SqlValue.parse(field.type(), match.bound().get(variable));
        if (value == null) {
          return null;
        }
        conditions.add(new Criterion(field.column(), Criterion.Kind.EQUAL));
        parameters.add(value);
      }
    }
    if (iteration.path().startsWith(DictScope.PRIVATE.prefix())) {
      conditions.add(new Criterion(KeyColumns.ofUser(map).orElseThrow(), Criterion.Kind.EQUAL));
      parameters.add(new SqlValue.Text(iteration.context().username()));
    }
    if (expiry != null) {
      conditions.add(new Criterion(expiry.column(), Criterion.Kind.NOT_EXPIRED));
      parameters.add(expiry.parameter());
    }
    if (!openFields.isEmpty() && !restrictOpen(conditions, parameters)) {
      return null;
    }
    // Some databases match a prefix in any case; rows are checked again, so all must be read then.
    boolean limited = limit > 0 && match.prefix().isEmpty();
    if (limited) {
      parameters.add(SqlValue.Whole.of(limit));
    }
    return new Sql(
        queries.selectOrdered(columns(), map.table(), conditions, order(), limited), parameters);
  }

  /** Narrows down the first open field; says whether any row can be left then. */
  private boolean restrictOpen(List<Criterion> conditions, List<SqlValue> parameters) {
    KeyField field = openFields.get(0);
    String prefix = Criterion.escapeLike(match.prefix());
    if (field.type() != ValueType.STRING) {
      // Numbers and bytes have no slashes: nothing lies below them.
      return prefix.isEmpty();
    }
    if (!prefix.isEmpty()) {
      conditions.add(new Criterion(field.column(), Criterion.Kind.LIKE));
      parameters.add(new SqlValue.Text(prefix + "%"));
    }
    if (!iteration.has(Flag.RECURSE)) {
      conditions.add(new Criterion(field.column(), Criterion.Kind.NOT_LIKE));
      parameters.add(new SqlValue.Text(prefix + "%/%"));
    }
    return true;
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(openFields.stream().map(KeyField::column).toList());
    if (columns.isEmpty() || !iteration.has(Flag.NO_VALUES)) {
      columns.addAll(map.valueFields().stream().map(ValueField::column).toList());
    }
    return columns;
  }

  /** With both flags, rows are ordered by key, as in Dovecot's dict server. */
  private List<String> order() {
    if (iteration.has(Flag.SORT_BY_KEY)) {
      return openFields.stream().map(KeyField::column).toList();
    }
    return iteration.has(Flag.SORT_BY_VALUE)
        ? map.valueFields().stream().map(ValueField::column).toList()
        : List.of();
  }

  /** Returns the current row of a result set; {@code null} if it is not below the path. */
  @Nullable DictRow row(ResultSet rows) throws SQLException {
    List<String> variables = new ArrayList<>(match.bound());
    for (int i = 0; i < openFields.size(); i++) {
      variables.add(SqlValue.read(openFields.get(i).type(), rows, i + 1));
    }
    if (!openFields.isEmpty() && !variables.get(match.bound().size()).startsWith(match.prefix())) {
      return null;
    }
    return new DictRow(
        map.pattern().key(variables),
        iteration.has(Flag.NO_VALUES)
            ? List.of()
            : SqlValue.readAll(map.valueFields(), rows, openFields.size() + 1));
  }
}

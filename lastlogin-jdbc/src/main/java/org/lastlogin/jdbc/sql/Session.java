package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, the dialect that it speaks, and the time that its statements may take. For use by
 * one thread at a time.
 */
public final class Session {
  private static final int ROWS_PER_FETCH = 200;

  /** MySQL's driver fetches all rows at once, whatever the fetch size, unless it is this one. */
  private static final int MYSQL_ROW_BY_ROW = Integer.MIN_VALUE;

  private static final String MYSQL_DRIVER = "MySQL Connector";

  private final Connection connection;
  private final SqlDialect dialect;
  private final UniqueKeys uniqueKeys;
  private final SqlTemplates templates;
  private final Duration timeLimit;

  Session(
      Connection connection,
      SqlDialect dialect,
      UniqueKeys uniqueKeys,
      SqlTemplates templates,
      Duration timeLimit) {
    this.connection = connection;
    this.dialect = dialect;
    this.uniqueKeys = uniqueKeys;
    this.templates = templates;
    this.timeLimit = timeLimit;
  }

  /** Returns a session on a connection whose dialect and keys are not known yet. */
  public static Session of(Connection connection, Duration timeLimit) throws SQLException {
    SqlDialect dialect = SqlDialect.of(connection.getMetaData());
    return new Session(connection, dialect, new UniqueKeys(), new SqlTemplates(), timeLimit);
  }

  /** Returns a session on the same connection with another time limit for each statement. */
  Session within(Duration limit) {
    return new Session(connection, dialect, uniqueKeys, templates, limit);
  }

  /** Reads the rows of a query. */
  @FunctionalInterface
  public interface ResultReader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Executes a statement. */
  @FunctionalInterface
  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  public SqlDialect dialect() {
    return dialect;
  }

  /** Returns the queries of the dialect. */
  public SqlQueries queries() {
    return new SqlQueries(dialect);
  }

  /** Returns the unique keys of the tables that this connection sees. */
  UniqueKeys.Reader uniqueKeys() {
    return uniqueKeys.reader(connection, dialect);
  }

  /**
   * Returns the statement for changes of a shape.
   *
   * @param target the unique key that an upsert runs into if its row exists
   */
  public SqlTemplate template(Shape shape, @Nullable UniqueKey target) {
    return templates.get(dialect, shape, target);
  }

  /** Returns the connection, for its metadata. */
  public Connection connection() {
    return connection;
  }

  /** Executes a statement and tells how many rows it found. */
  public int update(Sql sql) throws SQLException {
    return timed(sql, PreparedStatement::executeUpdate);
  }

  /** Executes a query and reads its rows. */
  public <T> T query(Sql sql, ResultReader<T> reader) throws SQLException {
    return timed(
        sql,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        });
  }

  /** Executes any statement, and ignores its result. */
  void execute(Sql sql) throws SQLException {
    timed(sql, PreparedStatement::execute);
  }

  private <T> T timed(Sql sql, Execution<T> execution) throws SQLException {
    long start = System.nanoTime();
    try (PreparedStatement statement = prepare(sql)) {
      return execution.of(statement);
    } catch (SQLException e) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      throw SlowStatementException.named(e, sql, Duration.ofSeconds(limitSeconds()), elapsed);
    }
  }

  /**
   * Returns a query whose rows are fetched a few at a time; the caller closes it. It has only the
   * network's timeout, because a consumer may be slow.
   */
  public PreparedStatement prepareCursor(Sql sql) throws SQLException {
    PreparedStatement statement = prepare(sql);
    statement.setQueryTimeout(0);
    statement.setFetchSize(
        connection.getMetaData().getDriverName().startsWith(MYSQL_DRIVER)
            ? MYSQL_ROW_BY_ROW
            : ROWS_PER_FETCH);
    return statement;
  }

  private PreparedStatement prepare(Sql sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.text());
    try {
      statement.setQueryTimeout(limitSeconds());
      List<SqlValue> parameters = sql.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        dialect.bind(statement, i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Returns the limit in whole seconds, as JDBC counts it. 0 would mean no limit. */
  private int limitSeconds() {
    return Math.toIntExact(Math.max(1, timeLimit.toSeconds()));
  }
}

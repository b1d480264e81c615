package org.lastlogin.jdbc.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.lastlogin.Precision;
import org.lastlogin.ServiceFields;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.sql.AutoCommitOff;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.Sql;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.sql.SqlErrors;
import org.lastlogin.jdbc.sql.SqlNames;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;

/**
 * The tables that dict maps need: {@linkplain #createMissing created} on request, and {@linkplain
 * #check checked} where there are some. This library creates or changes a table only on request.
 *
 * <p>A table that is created differs from that of Dovecot's tutorial, which has PRIMARY KEY
 * (username) and INT(11). Here, the primary key has all columns that find a row, in the order in
 * which rows are read: for logins the domain first, so that its mailboxes are stored together. Each
 * later column has its own index. Numbers are signed and have 64 bits, so they do not overflow in
 * 2038. The column of an {@code expire_field} has an index, too. Tables that exist are left as they
 * are, whatever their columns.
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class JdbcSchema {
  /** Creating a table waits for locks on the catalogue, but not for long. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final List<TableNeeds> needs;
  private final List<TableDefinition> tables;
  private final List<MapProblem> problems;

  private JdbcSchema(
      List<TableNeeds> needs, List<TableDefinition> tables, List<MapProblem> problems) {
    this.needs = List.copyOf(needs);
    this.tables = List.copyOf(tables);
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns the tables of maps. They may contradict each other about a table that exists; what
   * cannot be created for that reason is among the {@link #problems}.
   *
   * @throws IllegalArgumentException if a name cannot be that of a table or column
   */
  public static JdbcSchema of(DictMaps maps) {
    Objects.requireNonNull(maps, "maps");
    for (DictMap map : maps) {
      for (MapProblem problem : MapNames.problems(map)) {
        throw new IllegalArgumentException(problem.reason());
      }
    }
    List<MapProblem> problems = new ArrayList<>();
    List<TableDefinition> tables = TableDefinition.of(maps, problems::add);
    return new JdbcSchema(TableNeeds.of(maps), tables, problems);
  }

  /**
   * Returns why the tables of maps cannot be created: maps that contradict each other about a
   * table, or have no column that finds a row. Tables made by hand may serve them.
   *
   * @return all that is wrong, in the order of the maps; empty if the tables can be created
   */
  public static List<MapProblem> problems(DictMaps maps) {
    List<MapProblem> problems = new ArrayList<>();
    TableDefinition.of(maps, problems::add);
    return problems;
  }

  /**
   * Returns the table of a store for last logins.
   *
   * @param fields the columns with times
   * @throws IllegalArgumentException if a name cannot be that of a table or column
   */
  public static JdbcSchema ofLogins(
      String table, String mailboxColumn, String domainColumn, ServiceFields fields) {
    SqlNames.checkTable(table);
    SqlNames.checkColumn(mailboxColumn);
    SqlNames.checkColumn(domainColumn);
    fields.all().forEach(SqlNames::checkColumn);
    TableDefinition definition =
        TableDefinition.ofLogins(table, mailboxColumn, domainColumn, fields.all());
    TableNeeds needs = TableNeeds.ofLogins(definition, mailboxColumn, domainColumn);
    return new JdbcSchema(List.of(needs), List.of(definition), List.of());
  }

  /**
   * Creates the tables that do not exist; blocks until that is done.
   *
   * @param dataSource where to get a connection; its auto-commit must be on, because MySQL and
   *     MariaDB commit a transaction that they find open
   * @throws IllegalStateException if there are {@link #problems}
   * @throws DictException if the database cannot be reached or refuses, or auto-commit is off
   */
  public void createMissing(DataSource dataSource) {
    try {
      database(dataSource)
          .createTables(
              session -> {
                createMissing(session);
                return true;
              });
    } catch (SQLException e) {
      throw new DictException("Cannot create tables: " + SqlErrors.message(e, false), e);
    }
  }

  /**
   * Creates the tables that do not exist by a connection at hand, which stays open. PostgreSQL and
   * SQLite do it within the connection's transaction; MySQL and MariaDB commit that first.
   *
   * @param statementTimeLimit how long the database may take for a statement
   * @throws IllegalStateException if there are {@link #problems}
   * @throws SQLException if the database refuses
   */
  public void createMissing(Connection connection, Duration statementTimeLimit)
      throws SQLException {
    createMissing(Session.of(connection, statementTimeLimit));
  }

  private void createMissing(Session session) throws SQLException {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.get(0).reason());
    }
    for (String statement : statements(session.dialect())) {
      session.update(new Sql(statement, List.of()));
    }
  }

  /** Takes part in a transaction of the host when it reads; tables are not created in one. */
  private static Database database(DataSource dataSource) {
    return new Database(dataSource, TIME_LIMIT, AutoCommitOff.JOIN);
  }

  /** Returns the statements in a dialect. */
  List<String> statements(SqlDialect dialect) {
    SchemaSql sql = new SchemaSql(dialect);
    return tables.stream().flatMap(table -> sql.createTable(table).stream()).toList();
  }

  /** {@link #check(DataSource, Precision)} where the times of logins are in seconds. */
  public List<SchemaDiagnostic> check(DataSource dataSource) {
    return check(dataSource, Precision.SECONDS);
  }

  /**
   * Compares the maps with the tables that there are; blocks until that is done. Nothing is
   * changed.
   *
   * @param precision the unit of the times that Dovecot's last_login plugin writes: the first
   *     values of the maps whose keys begin with {@code shared/last-login/}
   * @return all that does not fit, table by table in the order of the maps; empty if all is well
   * @throws DictException if the database cannot be reached or does not answer
   */
  public List<SchemaDiagnostic> check(DataSource dataSource, Precision precision) {
    Objects.requireNonNull(precision, "precision");
    try {
      return database(dataSource).withSession(session -> check(session, precision));
    } catch (SQLException e) {
      throw new DictException("Cannot check tables: " + SqlErrors.message(e, false), e);
    }
  }

  /**
   * Compares the maps with the tables by a connection at hand, which stays open. Nothing is
   * changed.
   *
   * @param precision the unit of the times that Dovecot's last_login plugin writes
   * @param statementTimeLimit how long the database may take for a statement
   * @return all that does not fit, table by table in the order of the maps; empty if all is well
   * @throws SQLException if the database does not answer
   */
  public List<SchemaDiagnostic> check(
      Connection connection, Precision precision, Duration statementTimeLimit) throws SQLException {
    Objects.requireNonNull(precision, "precision");
    return check(Session.of(connection, statementTimeLimit), precision);
  }

  private List<SchemaDiagnostic> check(Session session, Precision precision) throws SQLException {
    List<SchemaDiagnostic> diagnostics = new ArrayList<>();
    for (TableNeeds table : needs) {
      TableShape shape = new Catalogue(session).read(table.table());
      diagnostics.addAll(
          new TableCheck(session.dialect(), precision, table, shape)
              .check(definition(table.table())));
    }
    return diagnostics;
  }

  private Optional<TableDefinition> definition(String table) {
    boolean refused = problems.stream().anyMatch(problem -> problem.map().table().equals(table));
    return tables.stream()
        .filter(definition -> definition.table().equals(table) && !refused)
        .findFirst();
  }
}

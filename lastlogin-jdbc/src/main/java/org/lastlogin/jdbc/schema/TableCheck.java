package org.lastlogin.jdbc.schema;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lastlogin.Precision;
import org.lastlogin.jdbc.schema.ColumnCheck.ColumnFinding;
import org.lastlogin.jdbc.schema.ColumnNeed.Content;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Impact;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Kind;
import org.lastlogin.jdbc.schema.SchemaSql.ColumnChange;
import org.lastlogin.jdbc.schema.TableShape.ColumnShape;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.sql.TableIndex;
import org.lastlogin.map.ValueType;

/**
 * Compares a table with the needs of statements. The engine is first, because other engines have
 * shorter keys. Columns are before keys, and keys before indexes: SQLite corrects a column by
 * creating the table again, with its present indexes. For one use.
 */
final class TableCheck {
  private static final Instant SECOND = Instant.ofEpochSecond(1);

  private final SqlDialect dialect;
  private final SchemaSql sql;
  private final ColumnCheck columns;
  private final Precision precision;
  private final TableNeeds needs;
  private final TableShape shape;
  private final Map<String, ColumnFinding> findings = new LinkedHashMap<>();
  private final Map<String, ColumnNeed> missing = new LinkedHashMap<>();
  private final Set<String> inexact = new LinkedHashSet<>();
  private final List<SchemaDiagnostic> diagnostics = new ArrayList<>();

  TableCheck(SqlDialect dialect, Precision precision, TableNeeds needs, TableShape shape) {
    this.dialect = dialect;
    this.sql = new SchemaSql(dialect);
    this.columns = new ColumnCheck(dialect, precision);
    this.precision = precision;
    this.needs = needs;
    this.shape = shape;
  }

  /**
   * Returns what is wrong with the table.
   *
   * @param definition how it would be created; empty if that cannot be said
   */
  List<SchemaDiagnostic> check(Optional<TableDefinition> definition) {
    if (!shape.exists()) {
      add(
          Impact.BREAKS,
          Kind.MISSING_TABLE,
          Optional.empty(),
          "there is no such table, or the user may not see it",
          definition.map(sql::createTable).orElse(List.of()));
      return diagnostics;
    }
    shape.engineWithoutTransactions().ifPresent(this::reportEngine);
    needs.columns().forEach(this::examine);
    needs.keys().forEach(this::examineCollations);
    reportColumns();
    reportKeys();
    needs.indexes().forEach(this::reportIndex);
    return diagnostics;
  }

  private void reportEngine(String engine) {
    add(
        Impact.BREAKS,
        Kind.NO_TRANSACTIONS,
        Optional.empty(),
        "the storage engine "
            + engine
            + " has no transactions: a commit that fails may have been made in part, and an"
            + " increment may count twice",
        List.of(sql.changeEngine(needs.table())));
  }

  private void examine(String name, ColumnNeed need) {
    shape
        .column(name)
        .ifPresentOrElse(
            column -> columns.check(need, column).ifPresent(finding -> findings.put(name, finding)),
            () -> missing.put(name, need));
  }

  /**
   * Examines the collations of the columns of a unique key, or of all key columns if there is none.
   */
  private void examineCollations(List<String> key) {
    List<String> deciding =
        shape
            .uniqueKey(key)
            .map(TableIndex::columns)
            .orElse(key.stream().map(TableCheck::lower).toList());
    key.stream()
        .filter(name -> deciding.contains(lower(name)))
        .filter(name -> needs.column(name).type() == ValueType.STRING)
        .filter(name -> shape.column(name).filter(column -> !column.exact()).isPresent())
        .forEach(inexact::add);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void reportColumns() {
    missing.forEach(
        (name, need) ->
            add(
                Impact.BREAKS,
                Kind.MISSING_COLUMN,
                Optional.of(name),
                "there is no such column",
                mendMissing(name, need)));
    findings.forEach(
        (name, finding) ->
            add(
                finding.impact(),
                finding.kind(),
                Optional.of(name),
                finding.message(),
                mendColumn(name)));
    for (String name : inexact) {
      String collation = shape.column(name).orElseThrow().collation();
      add(
          Impact.DEGRADES,
          Kind.WRONG_COLLATION,
          Optional.of(name),
          (collation.isEmpty() ? "its type" : "the collation " + collation)
              + " may take Alice and alice for the same name, and their rows for one",
          mendColumn(name));
    }
  }

  private List<String> mendMissing(String name, ColumnNeed need) {
    if (isRebuilt()) {
      return rebuild();
    }
    return List.of(sql.addColumn(needs.table(), name, need.type(), isInAKey(name)));
  }

  private boolean isInAKey(String name) {
    return needs.keys().stream().anyMatch(key -> key.contains(name));
  }

  private boolean isRebuilt() {
    return dialect == SqlDialect.SQLITE && !(findings.isEmpty() && inexact.isEmpty());
  }

  /**
   * Returns one statement for all that is wrong with a column, reported with each of its findings.
   * A second one would undo the first, because MySQL needs whole definitions, and SQLite whole
   * tables.
   */
  private List<String> mendColumn(String name) {
    return dialect == SqlDialect.SQLITE
        ? rebuild()
        : sql.changeColumn(needs.table(), change(name, false));
  }

  private ColumnChange change(String name, boolean toBeIndexed) {
    ColumnNeed need = needs.column(name);
    ColumnShape column = shape.column(name).orElseThrow();
    Optional<ColumnFinding> finding = Optional.ofNullable(findings.get(name));
    boolean caseless = inexact.contains(name) && column.collation().isEmpty();
    boolean otherType =
        finding.isPresent() || caseless || (toBeIndexed && !sql.canBeIndexed(column.type()));
    return new ColumnChange(
        column,
        otherType ? Optional.of(columns.mend(need, column)) : Optional.empty(),
        finding.filter(found -> isConversion(found, need)).isPresent(),
        inexact.contains(name),
        need.content() == Content.LOGIN_TIME ? precision.toNumber(SECOND) : 1);
  }

  /**
   * Returns whether values are converted. PostgreSQL needs a conversion to a UUID even from a text.
   */
  private static boolean isConversion(ColumnFinding finding, ColumnNeed need) {
    return finding.kind() == Kind.WRONG_TYPE || need.type() == ValueType.UUID;
  }

  private List<String> rebuild() {
    Map<String, String> types = new LinkedHashMap<>();
    findings.forEach(
        (name, finding) ->
            types.put(name, columns.mend(needs.column(name), shape.column(name).orElseThrow())));
    inexact.forEach(name -> types.putIfAbsent(name, shape.column(name).orElseThrow().type()));
    return sql.rebuild(needs.table(), shape, types, missing);
  }

  private void reportKeys() {
    boolean primary = !shape.hasPrimaryKey();
    for (List<String> key : needs.keys()) {
      if (shape.uniqueKey(key).isEmpty()) {
        List<String> statements = new ArrayList<>(mendUnindexable(key));
        statements.add(sql.addKey(needs.table(), key, primary));
        add(
            Impact.BREAKS,
            Kind.NO_UNIQUE_KEY,
            Optional.empty(),
            "there is neither a primary key nor a unique index whose columns are all among "
                + key
                + ": without one, nothing can be set",
            statements);
        primary = false;
      }
    }
  }

  private void reportIndex(String name, String purpose) {
    boolean comingWithKey =
        needs.keys().stream()
            .anyMatch(key -> key.get(0).equals(name) && shape.uniqueKey(key).isEmpty());
    if (shape.isFoundBy(name) || comingWithKey) {
      return;
    }
    List<String> statements = new ArrayList<>(mendUnindexable(List.of(name)));
    statements.add(sql.addIndex(needs.table(), name));
    add(
        Impact.DEGRADES,
        Kind.MISSING_INDEX,
        Optional.of(name),
        "no index begins with this column: all rows are read where " + purpose + " by it",
        statements);
  }

  /**
   * Returns statements that limit columns of text, because MySQL cannot index one without a limit.
   */
  private List<String> mendUnindexable(List<String> names) {
    return names.stream()
        .filter(name -> shape.column(name).filter(c -> !sql.canBeIndexed(c.type())).isPresent())
        .map(name -> change(name, true))
        .flatMap(change -> sql.changeColumn(needs.table(), change).stream())
        .toList();
  }

  private void add(
      Impact impact, Kind kind, Optional<String> column, String message, List<String> statements) {
    diagnostics.add(
        new SchemaDiagnostic(
            impact, kind, needs.table(), column, message, canBeAltered() ? statements : List.of()));
  }

  /**
   * Returns whether statements can change the table. In SQLite, views and virtual tables cannot be
   * changed.
   */
  private boolean canBeAltered() {
    return dialect != SqlDialect.SQLITE || !shape.exists() || shape.definition().isPresent();
  }
}

package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.sql.Criterion;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.Shape;
import org.lastlogin.jdbc.sql.SqlChanges;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.sql.SqlQueries;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.jdbc.sql.UniqueKey;
import org.lastlogin.map.DictMaps;

/** Whole statements of all databases side by side, as {@code statements.txt} has them. */
class SqlStatementsTest {
  private static final DictContext ALICE = DictContext.of("alice@example.com");

  private final Map<String, Function<SqlDialect, String>> statements = new LinkedHashMap<>();

  @Test
  void areAsWrittenDown() throws IOException {
    addChanges();
    addExpiry();
    addLookups();
    addIterations();

    assertThat(text()).isEqualTo(expected());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    statements.forEach(
        (title, statement) -> {
          text.append("# ").append(title).append('\n');
          for (SqlDialect dialect : SqlDialect.values()) {
            text.append(String.format("%-10s  %s\n", dialect, statement.apply(dialect)));
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static String expected() throws IOException {
    try (InputStream file = SqlStatementsTest.class.getResourceAsStream("statements.txt")) {
      return new String(
          Objects.requireNonNull(file, "statements.txt").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void addChanges() {
    addChange("set", 1, set(Maps.EXTRA, "priv/quota/storage"));
    addChange(
        "set of two keys of one row",
        1,
        set(Maps.EXTRA, "priv/quota/storage", "priv/quota/messages"));
    addChange("set of two rows", 2, set(Maps.LAST_LOGIN, "shared/last-login/imap/a/b"));
    addChange(
        "set that keeps the newest",
        1,
        new RowChange.Upsert(row(), Map.of("bytes", SqlValue.Whole.of(1)), true));
    addChange("increment", 1, transaction().increment("priv/quota/storage", 1));
    addChange(
        "increment of two keys of one row",
        1,
        transaction().increment("priv/quota/storage", 1).increment("priv/quota/messages", -1));
    addChange("unset", 1, transaction().unset("priv/quota/storage"));
    addChange("unset of two rows", 2, transaction().unset("shared/tree/a/b"));
  }

  private void addExpiry() {
    addChange("set, with expiry", 1, Maps.EXPIRING, transaction().set("shared/tree/a/b", "v"));
    addChange(
        "set of one of two columns, with expiry",
        2,
        Maps.EXPIRING,
        transaction().set("priv/quota/storage", "1"));
    RowChange keepNewest =
        new RowChange.Upsert(
            row(),
            new TreeMap<>(Map.of("bytes", SqlValue.Whole.of(1), "expires", SqlValue.Whole.of(2))),
            true,
            new Expiry("expires", 1),
            List.of("messages"));
    addChange("set that keeps the newest, with expiry", 1, keepNewest);
    addChange(
        "increment, with expiry",
        1,
        Maps.EXPIRING,
        transaction().increment("priv/quota/storage", 1));
    addChange("unset, with expiry", 1, Maps.EXPIRING, transaction().unset("priv/quota/storage"));
    statements.put(
        "removeExpired: look for rows",
        dialect ->
            new SqlQueries(dialect)
                .selectOrdered(
                    List.of("a", "b"),
                    "tree",
                    List.of(new Criterion("expires", Criterion.Kind.EXPIRED)),
                    List.of(),
                    true));
    statements.put(
        "removeExpired: remove a row",
        dialect ->
            new SqlChanges(dialect)
                .template(new Shape.DeleteExpired("tree", List.of("a", "b"), "expires"), null)
                .text(1));
  }

  private void addLookups() {
    List<String> values = List.of("v1", "v2");
    List<String> keys = List.of("k");
    statements.put(
        "lookup", dialect -> new SqlQueries(dialect).selectMany(values, "pair", keys, null, 1));
    statements.put(
        "lookup of two rows",
        dialect -> new SqlQueries(dialect).selectMany(values, "pair", keys, null, 2));
    statements.put(
        "lookup of two rows, with expiry",
        dialect -> new SqlQueries(dialect).selectMany(values, "pair", keys, "expires", 2));
    statements.put(
        "last logins of two mailboxes",
        dialect ->
            new SqlQueries(dialect).selectMany(values, "last_login", List.of("username"), null, 2));
    statements.put(
        "page of the mailboxes of a domain",
        dialect -> new SqlQueries(dialect).selectPage(values, "last_login", "domain", "username"));
  }

  private void addIterations() {
    addIteration("iterate", Maps.EXTRA, "shared/tree/x/", 0);
    addIteration("iterate with a limit", Maps.EXTRA, "shared/tree/x/", 5);
    addIteration("iterate below a part of a variable", Maps.EXTRA, "shared/tree/x/y/", 5);
    for (Flag flag : Flag.values()) {
      String path = flag == Flag.EXACT_KEY ? "shared/tree/x/y" : "shared/tree/x/";
      addIteration("iterate, " + flag, Maps.EXTRA, path, 0, flag);
    }
    addIteration("iterate private keys, RECURSE", Maps.EXTRA, "priv/quota/", 0, Flag.RECURSE);
    addIteration(
        "iterate with a limit, RECURSE, with expiry",
        Maps.EXPIRING,
        "shared/tree/",
        5,
        Flag.RECURSE);
  }

  private static RowKey row() {
    return new RowKey("quota", List.of("username"), List.of(new SqlValue.Text("a")));
  }

  private static DictTransaction.Builder transaction() {
    return DictTransaction.builder(ALICE).expiry(Duration.ofSeconds(1));
  }

  private static RowChange set(DictMaps maps, String... keys) {
    DictTransaction.Builder transaction = transaction();
    for (String key : keys) {
      transaction.set(key, "1");
    }
    return change(maps, transaction);
  }

  private static RowChange change(DictMaps maps, DictTransaction.Builder transaction) {
    ExpiryRules rules = new ExpiryRules(maps, () -> Instant.EPOCH);
    List<RowChange> changes =
        WriteSet.of(maps, ValueRules.DEFAULT, rules, transaction.build()).changes();
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  private void addChange(String title, int rows, DictTransaction.Builder transaction) {
    addChange(title, rows, Maps.EXTRA, transaction);
  }

  private void addChange(
      String title, int rows, DictMaps maps, DictTransaction.Builder transaction) {
    addChange(title, rows, change(maps, transaction));
  }

  private void addChange(String title, int rows, RowChange change) {
    UniqueKey key = new UniqueKey(change.row().columns());
    statements.put(
        title, dialect -> new SqlChanges(dialect).template(change.shape(), key).text(rows));
  }

  private void addIteration(String title, DictMaps maps, String path, long limit, Flag... flags) {
    Set<Flag> set = flags.length == 0 ? Set.of() : EnumSet.copyOf(List.of(flags));
    DictIteration iteration = new DictIteration(path, set, limit, ALICE);
    ExpiryRules rules = new ExpiryRules(maps, () -> Instant.EPOCH);
    IterationQuery query = IterationQuery.of(maps, rules, iteration).get(0);
    statements.put(
        title,
        dialect -> Objects.requireNonNull(query.sql(new SqlQueries(dialect), limit), title).text());
  }
}

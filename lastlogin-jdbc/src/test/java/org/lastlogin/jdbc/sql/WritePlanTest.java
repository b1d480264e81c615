package org.lastlogin.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lastlogin.jdbc.sql.RowChange.Delete;
import org.lastlogin.jdbc.sql.RowChange.Increment;
import org.lastlogin.jdbc.sql.RowChange.Upsert;

class WritePlanTest {
  private static final UniqueKey KEY = new UniqueKey(List.of("username"));

  /** Columns by {@code column=value}. */
  private static Upsert set(String user, String domain, String... columns) {
    Map<String, SqlValue> values =
        Arrays.stream(columns)
            .map(column -> column.split("="))
            .collect(Collectors.toMap(c -> c[0], c -> new SqlValue.Text(c[1])));
    return new Upsert(row(user, domain), values, false);
  }

  private static Upsert newest(String user, String... columns) {
    return new Upsert(row(user, "d"), set(user, "d", columns).values(), true);
  }

  private static Increment increment(String user, String domain) {
    return new Increment(row(user, domain), new TreeMap<>(), null);
  }

  private static RowKey row(String user, String domain) {
    return new RowKey(
        "t",
        List.of("username", "domain"),
        List.of(new SqlValue.Text(user), new SqlValue.Text(domain)));
  }

  private static List<String> plan(RowChange... changes) {
    return plan(change -> KEY, changes);
  }

  /** The waves as text: sets as {@code user:column=value}, the others as their kind. */
  private static List<String> plan(
      Function<RowChange, @Nullable UniqueKey> keys, RowChange... changes) {
    WritePlan plan = new WritePlan();
    for (RowChange change : changes) {
      plan.add(change, keys.apply(change));
    }
    return plan.waves().stream().map(WritePlanTest::text).toList();
  }

  private static String text(WritePlan.Wave wave) {
    return wave.batches().stream()
        .flatMap(batch -> batch.changes().stream())
        .map(WritePlanTest::text)
        .collect(Collectors.joining(" "));
  }

  private static String text(SqlValue value) {
    return value instanceof SqlValue.Text text ? text.text() : value.toString();
  }

  private static String text(RowChange change) {
    String user = ((SqlValue.Text) change.row().values().get(0)).text();
    if (!(change instanceof Upsert upsert)) {
      return change.getClass().getSimpleName() + ":" + user;
    }
    return user
        + upsert.values().entrySet().stream()
            .map(e -> ":" + e.getKey() + "=" + text(e.getValue()))
            .collect(Collectors.joining());
  }

  @Test
  void rowsOfOneShapeStandInKeyOrder() {
    assertThat(plan(set("c", "d", "imap=1"), set("a", "d", "imap=2"), set("b", "d", "imap=3")))
        .containsExactly("a:imap=2 b:imap=3 c:imap=1");
  }

  @Test
  void keyOrderIsThatOfTheTable() {
    UniqueKey byDomain = new UniqueKey(List.of("domain", "username"));
    assertThat(
            plan(
                change -> byDomain,
                set("a", "e", "imap=1"),
                set("b", "d", "imap=2"),
                set("a", "d", "imap=3")))
        .containsExactly("a:imap=3 b:imap=2 a:imap=1");
  }

  @Test
  void lastValueOfARowWins() {
    assertThat(plan(set("a", "d", "imap=2"), set("b", "d", "imap=1"), set("a", "d", "imap=1")))
        .containsExactly("a:imap=1 b:imap=1");
  }

  @Test
  void newestValueOfARowWinsWhereItIsKept() {
    assertThat(
            plan(
                newest("a", "imap=2"),
                newest("b", "imap=3"),
                newest("a", "imap=3"),
                newest("a", "imap=1")))
        .containsExactly("a:imap=3 b:imap=3");
  }

  @Test
  void valuesThatAreKeptAndThoseThatOverwriteKeepTheirOrder() {
    assertThat(plan(newest("a", "imap=2"), set("a", "d", "imap=1"), newest("a", "imap=3")))
        .containsExactly("a:imap=2", "a:imap=1", "a:imap=3");
  }

  @Test
  void shapesWithoutACommonColumnShareAWave() {
    assertThat(plan(set("a", "d", "imap=1"), set("a", "d", "pop3=2"), set("a", "d", "imap=3")))
        .containsExactly("a:imap=3 a:pop3=2");
  }

  @Test
  void shapesWithACommonColumnOnOneRowKeepTheirOrder() {
    assertThat(
            plan(
                set("a", "d", "imap=1"),
                set("a", "d", "imap=2", "pop3=2"),
                set("b", "d", "imap=3"),
                set("a", "d", "imap=4")))
        .containsExactly("a:imap=1 b:imap=3", "a:imap=2:pop3=2", "a:imap=4");
  }

  @Test
  void keysThatTheDatabaseMayTakeForOneRowKeepTheirOrder() {
    assertThat(plan(set("b", "x", "imap=1"), set("B", "x", "imap=2"), set("b ", "x", "imap=3")))
        .containsExactly("b:imap=1", "B:imap=2", "b :imap=3");
    assertThat(plan(set("é", "x", "imap=1"), set("e", "x", "imap=2")))
        .containsExactly("é:imap=1", "e:imap=2");
  }

  /** As those of MariaDB's default collation are: all smileys are one, a sharp s is an s. */
  @Test
  void lettersThatACollationTakesForOneKeepTheirOrder() {
    assertThat(plan(set("\ud83d\ude01", "d", "imap=1"), set("\ud83d\ude00", "d", "imap=2")))
        .hasSize(2);
    assertThat(plan(set("\u00df", "d", "imap=1"), set("s", "d", "imap=2"))).hasSize(2);
  }

  @Test
  void rowsThatDifferOutsideTheUniqueKeyAreTheSameRow() {
    assertThat(plan(set("a", "y", "imap=1"), set("a", "x", "imap=2")))
        .containsExactly("a:imap=1", "a:imap=2");
  }

  @Test
  void deletionsAndIncrementsAreNeverReorderedOnARow() {
    assertThat(
            plan(
                set("a", "d", "imap=1"),
                new Delete(row("a", "d")),
                set("b", "d", "imap=2"),
                set("a", "d", "imap=3"),
                increment("a", "d"),
                increment("a", "d")))
        .containsExactly("a:imap=1 b:imap=2", "Delete:a", "a:imap=3", "Increment:a", "Increment:a");
  }

  @Test
  void aChangeOfUnknownRowsDividesItsTable() {
    assertThat(
            plan(
                change -> change instanceof Delete ? null : KEY,
                set("a", "d", "imap=1"),
                new Delete(row("z", "d")),
                set("b", "d", "imap=2")))
        .containsExactly("a:imap=1", "Delete:z", "b:imap=2");
  }

  @Test
  void aSetWhoseRowHasExpiredByTheNextOneIsNotReplaced() {
    assertThat(plan(expiring(10, 20), expiring(19, 30), expiring(30, 40))).hasSize(2);
  }

  private static Upsert expiring(long now, long end) {
    return new Upsert(
        row("a", "d"),
        new TreeMap<>(Map.of("expires", SqlValue.Whole.of(end))),
        false,
        new Expiry("expires", now),
        List.of("imap"));
  }
}

package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.lastlogin.jdbc.FaultClient.Deed;
import org.lastlogin.jdbc.testing.CommitAnswer;
import org.lastlogin.jdbc.testing.KeyHistory;
import org.lastlogin.jdbc.testing.TestDatabase;

/**
 * What the tables may have after what {@link FaultClient}s did and were answered. Not safe for use
 * by several threads.
 */
final class AnsweredTable {
  private final Map<String, KeyHistory> histories = new TreeMap<>();
  private final Map<String, Map<CommitAnswer, Integer>> increments = new HashMap<>();
  private final Map<CommitAnswer, Integer> answers = new EnumMap<>(CommitAnswer.class);

  /** Takes down what a client did, in its order. */
  void add(Deed deed) {
    CommitAnswer answer = CommitAnswer.of(deed.commit());
    answers.merge(answer, 1, Integer::sum);
    deed.values()
        .forEach(
            (key, value) ->
                histories.computeIfAbsent(key, k -> new KeyHistory()).answered(value, answer));
    deed.counter()
        .ifPresent(
            user ->
                increments
                    .computeIfAbsent(user, u -> new EnumMap<>(CommitAnswer.class))
                    .merge(answer, 1, Integer::sum));
  }

  /** How often there was which answer. */
  @Override
  public String toString() {
    return answers.toString();
  }

  /** Fails if the tables have what they may not have. */
  void requireOf(TestDatabase database) throws SQLException {
    Map<String, String> rows = rows(database);
    histories.forEach(
        (key, history) ->
            assertThat(history.possible())
                .as("%s of which the table has %s", key, rows.get(key))
                .contains(Optional.ofNullable(rows.get(key))));
    assertThat(histories.keySet()).containsAll(rows.keySet());
    requireWholeTransactions(rows);
    requireCounters(database, rows);
  }

  private static Map<String, String> rows(TestDatabase database) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    for (String row : database.query("SELECT a, b, v FROM tree")) {
      String[] columns = row.split(",", -1);
      rows.put("shared/tree/" + columns[0] + "/" + columns[1], columns[2]);
    }
    return rows;
  }

  /** Keys that were always written together have the same value, or none. */
  private void requireWholeTransactions(Map<String, String> rows) {
    Map<String, Set<Optional<String>>> valuesByGroup = new TreeMap<>();
    for (String key : histories.keySet()) {
      if (!isOf(FaultClient.EXACT, key) && !isOf(FaultClient.MISSING, key)) {
        valuesByGroup
            .computeIfAbsent(key.substring(0, key.lastIndexOf('/')), k -> new HashSet<>())
            .add(Optional.ofNullable(rows.get(key)));
      }
    }
    assertThat(valuesByGroup).allSatisfy((group, values) -> assertThat(values).hasSize(1));
    assertThat(rows.keySet()).noneMatch(key -> isOf(FaultClient.MISSING, key));
  }

  private void requireCounters(TestDatabase database, Map<String, String> rows)
      throws SQLException {
    long marks = rows.keySet().stream().filter(key -> isOf(FaultClient.EXACT, key)).count();
    assertThat(counter(database, FaultClient.EXACT)).isEqualTo(marks);
    Map<CommitAnswer, Integer> alone = increments.getOrDefault(FaultClient.ALONE, Map.of());
    int made = alone.getOrDefault(CommitAnswer.COMMITTED, 0);
    assertThat(counter(database, FaultClient.ALONE))
        .isBetween((long) made, (long) made + alone.getOrDefault(CommitAnswer.UNKNOWN, 0));
    assertThat(increments.getOrDefault(FaultClient.MISSING, Map.of()))
        .doesNotContainKey(CommitAnswer.COMMITTED);
  }

  private static long counter(TestDatabase database, String user) throws SQLException {
    List<String> bytes = database.query("SELECT bytes FROM quota WHERE username = '" + user + "'");
    return Long.parseLong(bytes.get(0));
  }

  private static boolean isOf(String user, String key) {
    return key.startsWith("shared/tree/" + user + "/");
  }
}

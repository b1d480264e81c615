package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Whatever is set in whatever order: with {@link WritePolicy#KEEP_NEWEST} the greatest value stays,
 * also among several processes; with {@link WritePolicy#OVERWRITE} the last one that a process set.
 *
 * <p>{@code -Dlastlogin.policy.commits=10000} makes it longer.
 */
class WritePolicyPropertyTest {
  private static final int COMMITS = Integer.getInteger("lastlogin.policy.commits", 400);
  private static final List<String> SERVICES = List.of("imap", "pop3", "lda", "lmtp");
  private static final int USERS = 5;

  /** A key and what it is set to. */
  private record Write(String service, String user, long value) {
    String key() {
      return "shared/last-login/" + service + "/" + user + "/x.io";
    }

    /** The column of the row, in which LMTP's times are those of the LDA. */
    String place() {
      return user + " " + (service.equals("lmtp") ? "lda" : service);
    }
  }

  private static List<List<Write>> writes(Random random) {
    List<List<Write>> commits = new ArrayList<>();
    for (int i = 0; i < COMMITS; i++) {
      List<Write> commit = new ArrayList<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        String user = "u" + random.nextInt(USERS);
        commit.add(new Write(service, user, random.nextInt(2 * COMMITS)));
      }
      commits.add(commit);
    }
    return commits;
  }

  private static List<CompletableFuture<?>> commitAll(JdbcDict dict, List<List<Write>> commits) {
    List<CompletableFuture<?>> pending = new ArrayList<>();
    for (List<Write> writes : commits) {
      DictTransaction.Builder transaction = DictTransaction.builder(DictContext.NO_USER);
      writes.forEach(write -> transaction.set(write.key(), Long.toString(write.value())));
      pending.add(dict.commit(transaction.build()).toCompletableFuture());
    }
    return pending;
  }

  private static void join(List<CompletableFuture<?>> pending) {
    CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new)).join();
  }

  private static SortedMap<String, Long> places(TestDatabase database) throws Exception {
    SortedMap<String, Long> places = new TreeMap<>();
    for (String column : List.of("imap", "pop3", "lda")) {
      for (String row : database.query("SELECT username, " + column + " FROM last_login")) {
        String[] cells = row.split(",", -1);
        if (!cells[1].equals("null")) {
          places.put(cells[0] + " " + column, Long.parseLong(cells[1]));
        }
      }
    }
    return places;
  }

  private static JdbcDict dict(HikariDataSource pool, WritePolicy policy) {
    return JdbcDict.builder(pool, Maps.LAST_LOGIN).writePolicy(policy).build();
  }

  @ParameterizedTest
  @EnumSource
  void theGreatestValueStays(TestDatabases kind) throws Exception {
    Random random = new Random(42);
    List<List<Write>> commits = writes(random);
    Map<String, Long> greatest = new TreeMap<>();
    commits.forEach(commit -> commit.forEach(w -> greatest.merge(w.place(), w.value(), Math::max)));
    // The other process repeats all of it, in another order.
    List<List<Write>> repeated = new ArrayList<>(commits);
    Collections.shuffle(repeated, random);
    TestDatabase database = kind.create();
    try (HikariDataSource pool = database.pool(4)) {
      JdbcSchema.of(Maps.LAST_LOGIN).createMissing(pool);
      try (JdbcDict one = dict(pool, WritePolicy.KEEP_NEWEST);
          JdbcDict other = dict(pool, WritePolicy.KEEP_NEWEST)) {
        List<CompletableFuture<?>> pending = new ArrayList<>(commitAll(one, commits));
        pending.addAll(commitAll(other, repeated));
        join(pending);
      }
    }

    assertThat(places(database)).isEqualTo(greatest);
  }

  @ParameterizedTest
  @EnumSource
  void theLastValueStays(TestDatabases kind) throws Exception {
    List<List<Write>> commits = writes(new Random(42));
    Map<String, Long> last = new TreeMap<>();
    commits.forEach(commit -> commit.forEach(w -> last.put(w.place(), w.value())));
    TestDatabase database = kind.create();
    try (HikariDataSource pool = database.pool(4)) {
      JdbcSchema.of(Maps.LAST_LOGIN).createMissing(pool);
      try (JdbcDict one = dict(pool, WritePolicy.OVERWRITE)) {
        join(commitAll(one, commits));
      }
    }

    assertThat(places(database)).isEqualTo(last);
  }
}

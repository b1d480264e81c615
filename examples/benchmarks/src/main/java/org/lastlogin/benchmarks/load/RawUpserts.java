package org.lastlogin.benchmarks.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures JDBC alone, the upper limit of a dict server: the rows of many logins in one statement,
 * in the order of the key, each statement a transaction.
 */
final class RawUpserts {
  private static final int ROWS = 500;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String SQL =
      "INSERT INTO last_login (username, domain, imap) VALUES "
          + String.join(",", Collections.nCopies(ROWS, "(?,?,?)"))
          + " ON DUPLICATE KEY UPDATE imap = VALUES(imap)";

  private final MariaDb database;
  private final Mailboxes mailboxes;
  private final LoginTimes times;

  RawUpserts(MariaDb database, Mailboxes mailboxes, LoginTimes times) {
    if (mailboxes.count() < ROWS) {
      throw new IllegalArgumentException("A statement needs " + ROWS + " mailboxes");
    }
    this.database = database;
    this.mailboxes = mailboxes;
    this.times = times;
  }

  /** Writes for some time, and returns the number of rows per second. */
  double perSecond(int threads, Duration duration) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Long>> written = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        written.add(executor.submit(() -> write(start, duration.toNanos())));
      }
      long rows = 0;
      for (Future<Long> future : written) {
        rows += future.get();
      }
      return rows / ((System.nanoTime() - start) / NANOS_PER_SECOND);
    } finally {
      executor.shutdownNow();
    }
  }

  private long write(long start, long nanos) throws SQLException {
    SplittableRandom random = new SplittableRandom();
    long rows = 0;
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      while (System.nanoTime() - start < nanos) {
        int parameter = 0;
        for (Map.Entry<String, String> row : rows(random).entrySet()) {
          statement.setString(++parameter, row.getKey());
          statement.setString(++parameter, row.getValue());
          statement.setLong(++parameter, times.next());
        }
        statement.executeUpdate();
        rows += ROWS;
      }
    }
    return rows;
  }

  /** Returns mailboxes for a statement, with their domains, in the order of the key. */
  private SortedMap<String, String> rows(SplittableRandom random) {
    SortedMap<String, String> rows = new TreeMap<>();
    while (rows.size() < ROWS) {
      int mailbox = random.nextInt(mailboxes.count());
      rows.put(mailboxes.user(mailbox), mailboxes.domain(mailboxes.domainOf(mailbox)));
    }
    return rows;
  }
}

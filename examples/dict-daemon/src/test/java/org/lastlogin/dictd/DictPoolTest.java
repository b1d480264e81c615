package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.jdbc.testing.UnpooledDataSource;

/** The pool over a database that stops and restarts. */
@Tag("slow")
class DictPoolTest {
  /** After this time, HikariCP alone would pause for 5 s. */
  private static final Duration OUTAGE = Duration.ofSeconds(7);

  private static final Duration LONGEST_RESUMPTION = Duration.ofSeconds(2);

  private final AtomicBoolean up = new AtomicBoolean();
  private final DataSource real = TestDatabases.SQLITE.create().dataSource();

  private DictPool pool() {
    return DictPool.open(
        "test",
        new UnpooledDataSource(
            () -> {
              if (!up.get()) {
                throw new SQLException("Connection refused", "08001");
              }
              return real.getConnection();
            }));
  }

  @Test
  void reportsWhyThereIsNoConnection() {
    try (DictPool pool = pool()) {
      assertThatThrownBy(pool::getConnection)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("timed out after")
          .hasRootCauseMessage("Connection refused")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"));
    }
  }

  @Test
  void isBackSoonAfterItsDatabase() throws Exception {
    try (DictPool pool = pool()) {
      CompletableFuture<Connection> connection = CompletableFuture.supplyAsync(() -> await(pool));
      TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
      up.set(true);
      assertThat(connection).succeedsWithin(LONGEST_RESUMPTION);
      connection.join().close();
    }
  }

  @Test
  void doesNotGoOnWhenItIsClosed() {
    AtomicReference<Thread> connecting = new AtomicReference<>();
    DataSource down =
        new UnpooledDataSource(
            () -> {
              connecting.set(Thread.currentThread());
              throw new SQLException("Connection refused", "08001");
            });
    DictPool pool = DictPool.open("test", down);
    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
    CompletableFuture<Connection> waiting = CompletableFuture.supplyAsync(() -> take(pool));
    pool.close();

    Awaitility.await().until(() -> !connecting.get().isAlive());
    assertThat(waiting).failsWithin(Duration.ofSeconds(9));
  }

  private static Connection take(DictPool pool) {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a connection after any number of attempts. */
  private static Connection await(DictPool pool) {
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLException e) {
        assertThat((Throwable) e).hasRootCauseMessage("Connection refused");
      }
    }
  }
}

package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.jdbc.testing.HostProgram;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The store in a Spring application, whose methods are {@link Transactional}. */
@ParameterizedClass
@EnumSource
class SpringTransactionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";

  @Parameter TestDatabases databases;
  private TestDatabase database;
  private HikariDataSource pool;
  private AnnotationConfigApplicationContext application;
  private Panel panel;
  private JdbcLastLoginStore outside;

  @BeforeEach
  void startApplication() throws Exception {
    database = databases.create();
    outside = JdbcLastLoginStore.create(database.dataSource());
    outside.createTable();
    database.execute(
        "CREATE TABLE mailbox (username VARCHAR(100) PRIMARY KEY)",
        "INSERT INTO mailbox VALUES ('alice@example.com')");
    pool = database.pool(3);
    DataSource proxy = new TransactionAwareDataSourceProxy(pool);
    application = new AnnotationConfigApplicationContext();
    application.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(pool));
    application.registerBean(LastLoginStore.class, () -> HostProgram.joining(proxy));
    application.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(pool));
    application.register(Transactions.class, Inner.class, Panel.class);
    application.refresh();
    panel = application.getBean(Panel.class);
  }

  @AfterEach
  void stopApplication() {
    application.close();
    pool.close();
  }

  /** Switches the annotations on. */
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Transactions {}

  /** What the panel calls with transactions of their own. */
  static class Inner {
    private final LastLoginStore store;

    Inner(LastLoginStore store) {
      this.store = store;
    }

    @Transactional(propagation = Propagation.NESTED)
    public void recordNestedAndFail(String mailbox) {
      store.record(LoginEvent.of("imap", mailbox, NOON));
      throw new IllegalStateException("The nested part fails");
    }
  }

  /** A service as panels have them. */
  static class Panel {
    private final LastLoginStore store;
    private final JdbcTemplate jdbc;
    private final Inner inner;

    Panel(LastLoginStore store, JdbcTemplate jdbc, Inner inner) {
      this.store = store;
      this.jdbc = jdbc;
      this.inner = inner;
    }

    @Transactional
    public void moveMailbox(String from, String to, boolean fail) {
      jdbc.update("UPDATE mailbox SET username=? WHERE username=?", to, from);
      assertThat(store.find(from)).isPresent();
      store.record(LoginEvent.of("imap", to, NOON));
      store.delete(from);
      if (fail) {
        throw new IllegalStateException("The move fails");
      }
    }

    @Transactional
    public void recordWithANestedFailure(String mailbox, String nested) {
      store.record(LoginEvent.of("imap", mailbox, NOON));
      try {
        inner.recordNestedAndFail(nested);
      } catch (IllegalStateException e) {
        jdbc.update("DELETE FROM mailbox");
      }
    }

    @Transactional(readOnly = true)
    public boolean isKnown(String mailbox) {
      return store.find(mailbox).isPresent();
    }

    @Transactional(readOnly = true)
    public void recordReadOnly(String mailbox) {
      store.record(LoginEvent.of("imap", mailbox, NOON));
    }
  }

  @Test
  void commits() throws Exception {
    outside.record(LoginEvent.of("imap", ALICE, NOON));

    panel.moveMailbox(ALICE, BOB, false);

    assertThat(database.query("SELECT username FROM mailbox")).containsExactly(BOB);
    assertThat(database.query("SELECT username FROM last_login")).containsExactly(BOB);
  }

  @Test
  void rollsBack() throws Exception {
    outside.record(LoginEvent.of("imap", ALICE, NOON));

    assertThatThrownBy(() -> panel.moveMailbox(ALICE, BOB, true)).hasMessage("The move fails");

    assertThat(database.query("SELECT username FROM mailbox")).containsExactly(ALICE);
    assertThat(database.query("SELECT username FROM last_login")).containsExactly(ALICE);
  }

  @Test
  void nestedTransactionRollsBackAlone() throws Exception {
    panel.recordWithANestedFailure(ALICE, BOB);

    assertThat(database.query("SELECT username FROM mailbox")).isEmpty();
    assertThat(database.query("SELECT username FROM last_login")).containsExactly(ALICE);
  }

  @Test
  void readsInAReadOnlyTransaction() throws Exception {
    outside.record(LoginEvent.of("imap", ALICE, NOON));

    assertThat(panel.isKnown(ALICE)).isTrue();
    assertThat(panel.isKnown(BOB)).isFalse();
    // The drivers of MariaDB and SQLite take no notice of a read-only connection.
    if (databases == TestDatabases.MYSQL || databases == TestDatabases.POSTGRESQL) {
      assertThatThrownBy(() -> panel.recordReadOnly(BOB))
          .isInstanceOf(LastLoginStoreException.class);
      assertThat(database.query("SELECT username FROM last_login")).containsExactly(ALICE);
    }
  }
}

package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.Precision;
import org.lastlogin.ServiceFields;
import org.lastlogin.TimePolicy;
import org.lastlogin.jdbc.testing.FaultyLink;
import org.lastlogin.jdbc.testing.LinkFault;
import org.lastlogin.jdbc.testing.LinkFault.Action;
import org.lastlogin.jdbc.testing.LinkFault.Point;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** What {@link JdbcLastLoginStore} does beyond the contract of stores, on every database. */
class JdbcLastLoginStoreTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ALICE = "alice@example.com";

  /** A store that takes every time, so that none of the test's own may become a future one. */
  private static JdbcLastLoginStore exact(TestDatabase database) {
    return JdbcLastLoginStore.builder(database.dataSource()).times(TimePolicy.exact()).build();
  }

  @ParameterizedTest
  @EnumSource
  void mergesTheRowsOfAMailbox(TestDatabases kind) {
    JdbcLastLoginStore store = exact(kind.create());
    store.createTable();
    store.record(
        List.of(
            new LoginEvent("imap", ALICE, "example.com", NOON.plusSeconds(5)),
            new LoginEvent("imap", ALICE, "alias.example", NOON),
            new LoginEvent("pop3", ALICE, "alias.example", NOON.plusSeconds(1))));

    LastLogin login = store.find(ALICE).orElseThrow();

    assertThat(login.domain()).isEqualTo("example.com");
    assertThat(login.at("imap")).contains(NOON.plusSeconds(5));
    assertThat(login.at("pop3")).contains(NOON.plusSeconds(1));
    assertThat(store.list("alias.example")).hasSize(1);
    assertThat(store.delete(ALICE)).isTrue();
    assertThat(store.find(ALICE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void mergesRowsWhoseNamesTheCollationTakesForOne(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    FoldingStoreContractTest.createFoldingTable(database, "twice", "");
    database.execute(
        "INSERT INTO twice VALUES ('Joe@a.io', 'a.io', 1000000, NULL, NULL)",
        "INSERT INTO twice VALUES ('joe@a.io', 'b.io', NULL, 2000000, NULL)");
    JdbcLastLoginStore store =
        JdbcLastLoginStore.builder(database.dataSource()).table("twice").build();

    LastLogin joe = store.find("JOE@a.io").orElseThrow();

    assertThat(joe.logins().keySet()).containsExactly("imap", "pop3");
    assertThat(joe.mailbox()).isEqualTo("joe@a.io");
    assertThat(joe.domain()).isEqualTo("b.io");
    assertThat(store.findAll(List.of("JOE@a.io", "Joe@a.io")))
        .isEqualTo(Map.of("JOE@a.io", joe, "Joe@a.io", joe));
  }

  @ParameterizedTest
  @EnumSource
  void rowWithoutAnyTimeIsAsGoodAsNone(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    JdbcLastLoginStore store = exact(database);
    store.createTable();
    database.execute(
        "INSERT INTO last_login (username, domain) VALUES ('alice@example.com', 'example.com')");

    assertThat(store.find(ALICE)).isEmpty();
    assertThat(store.findAll(List.of(ALICE))).isEmpty();

    store.record(LoginEvent.of("imap", ALICE, NOON));
    assertThat(store.find(ALICE)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheNewestWhereTheMailboxAloneIsTheKey(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    database.execute(
        "CREATE TABLE last_login (username VARCHAR(255) PRIMARY KEY, domain VARCHAR(255),"
            + " imap BIGINT, pop3 BIGINT, lda BIGINT)");
    JdbcLastLoginStore store = exact(database);

    store.record(
        List.of(
            new LoginEvent("imap", ALICE, "b.example", NOON),
            new LoginEvent("imap", ALICE, "a.example", NOON.plusSeconds(1)),
            new LoginEvent("imap", ALICE, "c.example", NOON.minusSeconds(1))));

    assertThat(store.find(ALICE).orElseThrow().at("imap")).contains(NOON.plusSeconds(1));
  }

  @ParameterizedTest
  @EnumSource
  void takesOtherNamesFieldsAndUnits(TestDatabases kind) {
    Instant fine = NOON.plusNanos(123_456_789);
    JdbcLastLoginStore store =
        JdbcLastLoginStore.builder(kind.create().dataSource())
            .table("order")
            .mailboxColumn("mailbox")
            .domainColumn("group")
            .fields(ServiceFields.builder().login("sieve", "select").build())
            .precision(Precision.MICROSECONDS)
            .times(TimePolicy.exact())
            .build();
    store.createTable();
    store.createTable();

    store.record(LoginEvent.of("sieve", ALICE, fine));

    assertThat(store.find(ALICE).orElseThrow().at("select"))
        .contains(Precision.MICROSECONDS.truncate(fine));
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatLiesMoreThanADayAhead(TestDatabases kind) {
    JdbcLastLoginStore store = JdbcLastLoginStore.create(kind.create().dataSource());
    store.createTable();
    Instant now = Instant.now();
    store.record(LoginEvent.of("imap", ALICE, now));

    assertThatThrownBy(
            () -> store.record(LoginEvent.of("imap", ALICE, now.plus(Duration.ofHours(25)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not recorded: imap of alice@example.com: ");
    assertThat(store.find(ALICE).orElseThrow().at("imap"))
        .contains(Precision.SECONDS.truncate(now));
  }

  @ParameterizedTest
  @EnumSource
  void overwritesInTheOrderOfTheEventsIfTold(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    database.execute(
        "CREATE TABLE last_login (username VARCHAR(255) PRIMARY KEY, domain VARCHAR(255),"
            + " imap BIGINT, pop3 BIGINT, lda BIGINT)");
    JdbcLastLoginStore store =
        JdbcLastLoginStore.builder(database.dataSource())
            .writePolicy(WritePolicy.OVERWRITE)
            .times(TimePolicy.roundingDown(ChronoUnit.HOURS))
            .build();

    // The mailbox alone is the key: all of them are one row.
    store.record(
        List.of(
            new LoginEvent("imap", ALICE, "b.example", NOON.plus(Duration.ofHours(3))),
            new LoginEvent("imap", ALICE, "a.example", NOON.plus(Duration.ofHours(2))),
            new LoginEvent("pop3", ALICE, "b.example", NOON),
            new LoginEvent("imap", ALICE, "b.example", NOON.plusSeconds(1))));

    assertThat(store.find(ALICE).orElseThrow().logins())
        .isEqualTo(Map.of("imap", NOON, "pop3", NOON));
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatTheDatabaseSays(TestDatabases kind) {
    JdbcLastLoginStore store = JdbcLastLoginStore.create(kind.create().dataSource());

    assertThatThrownBy(() -> store.find(ALICE))
        .isInstanceOf(LastLoginStoreException.class)
        .hasMessageStartingWith("Cannot find alice@example.com: ")
        .hasMessageContaining("last_login");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "MARIADB, BEFORE_STATEMENT",
    "MARIADB, STATEMENT_ANSWERED",
    "POSTGRESQL, BEFORE_STATEMENT",
    "POSTGRESQL, STATEMENT_ANSWERED"
  })
  void recordsAndDeletesThoughTheConnectionBreaks(TestDatabases kind, Point point)
      throws Exception {
    try (FaultyLink link = FaultyLink.to(kind.create());
        HikariDataSource pool = link.database().pool(2)) {
      JdbcLastLoginStore store = JdbcLastLoginStore.create(pool);
      store.createTable();
      link.plan(new LinkFault(point, 0, Action.CUT));
      store.record(LoginEvent.of("imap", ALICE, NOON));
      assertThat(link.left()).isZero();
      assertThat(store.find(ALICE)).isPresent();

      link.plan(new LinkFault(point, 0, Action.CUT));
      boolean deleted = store.delete(ALICE);

      assertThat(link.left()).isZero();
      // Where the answer was lost, the row was gone when the store asked again.
      assertThat(deleted).isEqualTo(point == Point.BEFORE_STATEMENT);
      assertThat(store.find(ALICE)).isEmpty();
    }
  }
}

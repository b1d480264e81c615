package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.testing.MariaDbProcess;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Databases that are read-only or full, and rows that somebody else has locked. */
@Tag("slow")
class UnwritableDatabaseTest {
  private static final DictMaps MAPS =
      DictMaps.of(
          DictMap.builder("shared/bad/$k", "bad")
              .valueField("amount", ValueType.STRING)
              .keyField("k", "k")
              .build());

  private static final String TABLE = "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount TEXT)";
  private static final String FAILED = "sql dict: commit failed: key shared/bad/x: table bad";
  private static final String FULL = "(?s).*(is full|No space left on device).*";
  private static final String LARGE = "v".repeat(60_000);

  @TempDir static Path directory;
  private static MariaDbProcess server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDbProcess.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  private static DictTransaction set(String value) {
    return TogetherCommits.of(new DictOperation.Set("shared/bad/x", value));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL", "SQLITE"})
  void aReadOnlyDatabaseIsReadAndNotWritten(TestDatabases kind) throws Exception {
    TestDatabase database =
        kind == TestDatabases.MARIADB ? server.createDatabase("readonly") : kind.create();
    database.execute(TABLE, "INSERT INTO bad VALUES ('x', 'before')");
    try (JdbcDict dict = JdbcDict.create(readOnly(database).dataSource(), MAPS)) {
      assertThat(dict.commit(set("after")).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withMessageContaining(FAILED)
          .withMessageMatching("(?s).*(?i)(read-only|readonly).*");
      assertThat(TogetherCommits.get(dict.lookup("shared/bad/x", DictContext.NO_USER)))
          .isEqualTo(LookupResult.found("before"));
    }
  }

  private static TestDatabase readOnly(TestDatabase database) throws SQLException {
    switch (database.kind()) {
      case MARIADB -> {
        // Others are administrators, who may write all the same.
        database.execute(
            "CREATE USER mortal@localhost IDENTIFIED BY 'secret'",
            "GRANT SELECT, INSERT, UPDATE ON readonly.* TO mortal@localhost",
            "SET GLOBAL read_only = ON");
        return as(database, "mortal", "secret", database.url());
      }
      case POSTGRESQL -> {
        database.execute(
            "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = ON");
        return database;
      }
      case SQLITE -> {
        return as(database, "", "", "jdbc:sqlite:" + database.name() + "?open_mode=1");
      }
      default -> throw new IllegalArgumentException(database.toString());
    }
  }

  private static TestDatabase as(TestDatabase database, String user, String password, String url) {
    return new TestDatabase(
        database.kind(),
        database.host(),
        database.port(),
        database.name(),
        user,
        password,
        url,
        database.socket());
  }

  /** The driver tells SQLite how large a file may become, as a full disk would. */
  @Test
  void whatDoesNotFitIntoTheFileFailsAlone() throws Exception {
    TestDatabase sqlite = TestDatabases.SQLITE.create();
    TestDatabase database = as(sqlite, "", "", sqlite.url() + "&max_page_count=100");
    try (TogetherCommits commits = TogetherCommits.open(database, MAPS, TABLE)) {
      commits
          .assertRefusedAlone(set(LARGE.repeat(10)))
          .hasMessageStartingWith(FAILED)
          .hasMessageContaining("disk is full");
    }
  }

  /** A table in memory has a limit, which it tells as one on a disk tells that this is full. */
  @Test
  void whatDoesNotFitIntoTheTableFailsAlone() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    String table = TABLE.replace("TEXT", "VARCHAR(8000)") + " ENGINE = MEMORY";
    try (TogetherCommits commits =
        TogetherCommits.open(database, MAPS, "SET max_heap_table_size = 100000", table)) {
      fill(database, LARGE.substring(0, 8_000));
      commits
          .assertRefusedAlone(set(LARGE.substring(0, 8_000)))
          .hasMessageStartingWith(FAILED)
          .hasMessageMatching(FULL);
    }
  }

  /** A table on a disk of its own. */
  @Test
  void whatDoesNotFitOntoTheDiskFailsAlone() throws Exception {
    TestDatabase database = TestDatabases.POSTGRESQL.create();
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(mount(disk, database), "skipped: a small disk cannot be mounted here");
    try (TogetherCommits commits =
        TogetherCommits.open(
            database,
            MAPS,
            "CREATE TABLESPACE small LOCATION '" + disk + "'",
            TABLE + " TABLESPACE small",
            // What is compressed would take no space.
            "ALTER TABLE bad ALTER amount SET STORAGE EXTERNAL")) {
      fill(database, LARGE);
      commits
          .assertRefusedAlone(set(LARGE))
          .hasMessageStartingWith(FAILED)
          .hasMessageMatching(FULL);
    } finally {
      database.execute("DROP TABLE bad", "DROP TABLESPACE small");
      run("umount", disk.toString());
    }
  }

  private static boolean mount(Path disk, TestDatabase database) throws Exception {
    String owner = Files.getOwner(Path.of(database.query("SHOW data_directory").get(0))).getName();
    return run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700,uid=" + owner, "none", disk + "")
        == 0;
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Until nothing more of that size goes in. */
  private static void fill(TestDatabase database, String value) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO bad VALUES (?, '" + value + "')")) {
      for (int i = 0; i < 1_000; i++) {
        insert.setString(1, "fill" + i);
        insert.execute();
      }
    } catch (SQLException full) {
      assertThat((Throwable) full).hasMessageMatching(FULL);
      return;
    }
    throw new AssertionError("It takes anything");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void aRowThatIsLockedFailsItsCommitAlone(TestDatabases kind) throws Exception {
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, TABLE)) {
      commits.set("shared/bad/x", "before");
      try (Connection other = commits.database().dataSource().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("SELECT * FROM bad WHERE k = 'x' FOR UPDATE");

        // MySQL cannot wait for a lock for less than the second that is all a statement has here.
        String reason =
            kind == TestDatabases.MYSQL
                ? "(took longer than|waited) [12] s.*"
                : "waited [12] s for a lock that another transaction holds";
        commits
            .assertRefusedAlone(set("after"))
            .hasMessageStartingWith(FAILED)
            .hasMessageMatching("(?s).*" + reason);
        other.rollback();
      }
      commits.set("shared/bad/x", "after");
      assertThat(commits.database().query("SELECT amount FROM bad")).isEqualTo(List.of("after"));
    }
  }
}

package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Real database servers for tests: each is started on loopback when the first test asks for it, and
 * ends with the JVM. Those that have to be installed are used in a {@link FullRun} alone, and may
 * be missing: {@link DatabaseCondition} skips the tests with them then. Safe for use by any number
 * of threads.
 */
public enum TestDatabases {
  /** MariaDB in a container where Docker answers, else from a Maven artifact. */
  MARIADB {
    @Override
    TestDatabase create(String name) throws Exception {
      return MariaDbServer.shared().createDatabase(name);
    }
  },

  /** The MariaDB that is installed on this host; Debian 12 has 10.11. */
  HOST_MARIADB {
    @Override
    public Optional<String> missing() {
      return FullRun.missing().or(HostMariaDb::missing);
    }

    @Override
    TestDatabase create(String name) throws Exception {
      return HostMariaDb.shared().createDatabase(name);
    }
  },

  /** MySQL in a container where Docker answers, else that of a Debian system; by its own driver. */
  MYSQL {
    @Override
    public Optional<String> missing() {
      return FullRun.missing().or(MySqlServer::missing);
    }

    @Override
    TestDatabase create(String name) throws Exception {
      return MySqlServer.shared().createDatabase(name);
    }
  },

  /** PostgreSQL from a Maven artifact. */
  POSTGRESQL {
    @Override
    TestDatabase create(String name) throws Exception {
      return PostgreSqlServer.shared().createDatabase(name);
    }
  },

  /** SQLite in a temporary file. */
  SQLITE {
    @Override
    TestDatabase create(String name) throws IOException {
      Path file = temporaryDirectory().resolve(name + ".db");
      return new TestDatabase(
          this, "", 0, file.toString(), "", "", "jdbc:sqlite:" + file + "?journal_mode=WAL", "");
    }
  };

  /** Those that speak as MySQL does. */
  private static final Set<TestDatabases> OF_MYSQL = EnumSet.of(MARIADB, HOST_MARIADB, MYSQL);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /**
   * A new, empty database.
   *
   * @throws IllegalStateException if the server cannot be started
   */
  public TestDatabase create() {
    try {
      return create("test" + NUMBER.incrementAndGet());
    } catch (SQLException e) {
      throw new IllegalStateException(this + " refuses to create a database", e);
    } catch (Exception e) {
      throw new IllegalStateException(this + " cannot be started", e);
    }
  }

  abstract TestDatabase create(String name) throws Exception;

  /** What keeps it from being used here, and what to do about it. */
  public Optional<String> missing() {
    return Optional.empty();
  }

  /** Whether it is MariaDB or MySQL. */
  public boolean isOfMySql() {
    return OF_MYSQL.contains(this);
  }

  /** A directory that is deleted when the JVM ends. */
  static Path temporaryDirectory() throws IOException {
    Path directory = Files.createTempDirectory("lastlogin-test");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
    return directory;
  }

  /** Deletes a directory, which nobody may be using any more. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("Left behind: " + directory + ": " + e);
    }
  }
}

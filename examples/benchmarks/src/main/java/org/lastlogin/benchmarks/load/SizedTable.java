package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.jdbc.connect.ConnectDataSource;
import org.lastlogin.jdbc.schema.JdbcSchema;

/**
 * A table with a row for each mailbox. Immutable.
 *
 * @param name its name
 * @param mailboxes the mailboxes, each with an IMAP login
 */
record SizedTable(String name, Mailboxes mailboxes) {
  private static final long MIB = 1 << 20;

  /** With these settings, MariaDB fills an empty table in the order of its indexes. */
  private static final String IN_BULK = "SET unique_checks = 0, foreign_key_checks = 0";

  /** Inserts the names of {@link Mailboxes}, with times of three months. */
  private static final String FILL =
      """
      INSERT INTO %1$s (username, domain, imap)
      SELECT CONCAT('user', seq MOD 100, '@domain', seq DIV 100, '.example.com'),
          CONCAT('domain', seq DIV 100, '.example.com'),
          1700000000 + FLOOR(RAND() * 7776000)
      FROM seq_0_to_%2$d
      """;

  /** Reads each page of the table and of the used indexes once. */
  private static final String READ_ALL =
      """
      SELECT (SELECT COUNT(lda) FROM %1$s FORCE INDEX (PRIMARY))
          + (SELECT COUNT(*) FROM %1$s FORCE INDEX (username) WHERE username > '')
      """;

  private static final String BYTES =
      """
      SELECT data_length + index_length FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = '%s'
      """;

  /** Creates a table with {@link JdbcSchema} and fills it. */
  static SizedTable create(MariaDb database, String name, Mailboxes mailboxes)
      throws IOException, SQLException {
    DictConfig config = MapFile.parse(database, name);
    JdbcSchema.of(config.maps())
        .createMissing(ConnectDataSource.create(SqlDriver.MYSQL, config.requireConnect()));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(IN_BULK);
      statement.execute(FILL.formatted(name, mailboxes.count() - 1));
    }
    // Otherwise statistics are calculated later, and query plans may change.
    database.execute("ANALYZE TABLE " + name);
    return new SizedTable(name, mailboxes);
  }

  /** Loads the table into the database's memory, as far as it fits. */
  void readAll(MariaDb database) throws SQLException {
    database.execute(READ_ALL.formatted(name));
  }

  /** Returns the size of the table and its indexes, in MiB. */
  long mib(MariaDb database) throws SQLException {
    return database.number(BYTES.formatted(name)) / MIB;
  }
}

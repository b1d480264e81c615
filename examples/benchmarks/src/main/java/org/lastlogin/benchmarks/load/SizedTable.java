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
 * A table that has a row for each of some mailboxes. Immutable.
 *
 * @param name its name
 * @param mailboxes the mailboxes; each has logged in by IMAP
 */
record SizedTable(String name, Mailboxes mailboxes) {
  private static final long MIB = 1 << 20;

  /** An empty table is then filled in the order of its indexes, however the rows come. */
  private static final String IN_BULK = "SET unique_checks = 0, foreign_key_checks = 0";

  /** The names are those of {@link Mailboxes}; the times are of three months. */
  private static final String FILL =
      """
      INSERT INTO %1$s (username, domain, imap)
      SELECT CONCAT('user', seq MOD 100, '@domain', seq DIV 100, '.example.com'),
          CONCAT('domain', seq DIV 100, '.example.com'),
          1700000000 + FLOOR(RAND() * 7776000)
      FROM seq_0_to_%2$d
      """;

  /** Has each page of the table and of the indexes that are used read once. */
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

  /** Makes one, as {@link JdbcSchema} does, and fills it. */
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
    // Without it, statistics are made some time later, and queries may change their ways.
    database.execute("ANALYZE TABLE " + name);
    return new SizedTable(name, mailboxes);
  }

  /** Brings it into the database's memory, as far as it fits there. */
  void readAll(MariaDb database) throws SQLException {
    database.execute(READ_ALL.formatted(name));
  }

  /** What it takes with its indexes, in MiB. */
  long mib(MariaDb database) throws SQLException {
    return database.number(BYTES.formatted(name)) / MIB;
  }
}

package org.lastlogin.jdbc;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.Precision;
import org.lastlogin.ServiceFields;
import org.lastlogin.TimePolicy;
import org.lastlogin.jdbc.schema.SchemaDiagnostic;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.SqlNames;

/**
 * A store over the table that Dovecot's last_login plugin writes to through a dict: a row for each
 * mailbox, a column for each {@linkplain ServiceFields field}, times as numbers.
 *
 * <p>With all defaults that is the table of iRedMail and of most tutorials: {@code last_login} with
 * the columns {@code username}, {@code domain}, {@code imap}, {@code pop3} and {@code lda}, times
 * in seconds. {@link #createTable()} creates it. Where the primary key is mailbox and domain, one
 * mailbox may have several rows: {@code find} and {@code findAll} then merge them to the newest
 * times, with the domain of the newest one, and {@code list} gives the row of the domain it was
 * asked for. Names are compared and ordered as the table's collation has it.
 *
 * <p>The newer time wins in the database itself, within the statement, so that writers in several
 * processes cannot move a time back. A time of more than a day ahead is refused. After a deadlock
 * or a lost connection it is tried again, for up to twice the time that a statement may take.
 *
 * <p>If a connection's auto-commit is on, each call is a transaction of its own. If it is off, the
 * connection may be part of a transaction of the host program: {@link Builder#transactionMode} says
 * whether the store refuses it, takes part in that transaction, or commits. {@link #on} takes part
 * in the transaction of a connection that the caller holds.
 *
 * <p>Safe for use by any number of threads; the methods block.
 */
public final class JdbcLastLoginStore implements LastLoginStore {
  /** The maximum number of names in a query. Each is its own SELECT within it. */
  private static final int CHUNK = 50;

  private final Database database;
  private final LastLoginTable table;
  private final StoreCalls calls;

  private JdbcLastLoginStore(Database database, LastLoginTable table) {
    this.database = database;
    this.table = table;
    this.calls = new StoreCalls(database.timeLimit());
  }

  /**
   * Returns a store with all defaults.
   *
   * @param dataSource where to get connections, best from a pool
   */
  public static JdbcLastLoginStore create(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /** Collects the settings of a store. A builder is not safe for use by several threads. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /**
   * Returns this store on a connection that the caller holds, instead of the data source's: with
   * auto-commit off it takes part in the connection's transaction, as {@link TransactionMode#JOIN}
   * says, and with auto-commit on it uses transactions of its own. The connection stays open,
   * except in one case: if the store's own transaction cannot be rolled back, the connection is
   * aborted, because to switch auto-commit on would commit.
   *
   * <p>Like the connection, the returned store is for use by one thread at a time.
   *
   * @param connection the connection, which the caller closes
   */
  public JdbcLastLoginStore on(Connection connection) {
    Objects.requireNonNull(connection, "connection");
    return new JdbcLastLoginStore(database.on(connection), table);
  }

  /**
   * Creates the table if it does not exist.
   *
   * @throws LastLoginStoreException if the database cannot be reached or refuses, or if this would
   *     take part in a transaction of the host program: MySQL and MariaDB would commit that
   */
  public void createTable() {
    calls.once(
        "create the table " + table.name(),
        () ->
            database.createTables(
                session -> {
                  table.schema().createMissing(session.connection(), database.timeLimit());
                  return true;
                }));
  }

  /**
   * Compares the table with what the store needs. Reports columns that are missing, of a wrong type
   * or too narrow for the {@linkplain Builder#precision precision}, a missing key or index, and a
   * collation that takes different names for the same one. Nothing is changed.
   *
   * @return all problems, each with the statements that correct it; empty if there are none
   * @throws LastLoginStoreException if the database cannot be reached or does not answer
   */
  public List<SchemaDiagnostic> check() {
    return calls.once(
        "check the table " + table.name(),
        () ->
            database.withSession(
                session ->
                    table
                        .schema()
                        .check(session.connection(), table.precision(), database.timeLimit())));
  }

  @Override
  public void record(Collection<LoginEvent> events) {
    List<RowChange> changes = table.changes(events);
    if (changes.isEmpty()) {
      return;
    }
    calls.repeatedly(
        "record " + (events.size() == 1 ? "an event" : events.size() + " events"),
        limit -> {
          database.write(changes, limit, () -> {});
          return true;
        });
  }

  @Override
  public Optional<LastLogin> find(String mailbox) {
    Objects.requireNonNull(mailbox, "mailbox");
    return Optional.ofNullable(find("find " + mailbox, List.of(mailbox)).get(mailbox));
  }

  @Override
  public Map<String, LastLogin> findAll(Collection<String> mailboxes) {
    mailboxes.forEach(mailbox -> Objects.requireNonNull(mailbox, "mailbox"));
    List<String> names = new ArrayList<>(new LinkedHashSet<>(mailboxes));
    Map<String, LastLogin> found = new LinkedHashMap<>();
    for (int from = 0; from < names.size(); from += CHUNK) {
      List<String> chunk = names.subList(from, Math.min(names.size(), from + CHUNK));
      found.putAll(find("find " + names.size() + " mailboxes", chunk));
    }
    return found;
  }

  private Map<String, LastLogin> find(String what, List<String> names) {
    return calls.once(what, () -> database.withSession(session -> rows(session).find(names)));
  }

  @Override
  public List<LastLogin> list(String domain, String after, int limit) {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(after, "after");
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least one mailbox, not " + limit);
    }
    return calls.once(
        "list " + domain,
        () -> database.withSession(session -> rows(session).page(domain, after, limit)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>If the connection is lost while the database deletes, it is asked again; the result may then
   * be false although there was such a mailbox.
   */
  @Override
  public boolean delete(String mailbox) {
    Objects.requireNonNull(mailbox, "mailbox");
    return calls.repeatedly(
        "delete " + mailbox,
        limit -> database.update(session -> rows(session).delete(mailbox), limit));
  }

  private LastLoginRows rows(Session session) {
    return new LastLoginRows(table, session);
  }

  /** Collects the settings of a store. */
  public static final class Builder {
    private final DataSource dataSource;
    private String table = "last_login";
    private String mailboxColumn = "username";
    private String domainColumn = "domain";
    private ServiceFields fields = ServiceFields.DEFAULT;
    private Precision precision = Precision.SECONDS;
    private WritePolicy writePolicy = WritePolicy.KEEP_NEWEST;
    private TimePolicy times = TimePolicy.refusingFuture(Duration.ofDays(1));
    private Duration statementTimeLimit = Duration.ofSeconds(10);
    private TransactionMode transactionMode = TransactionMode.REFUSE;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /** Names the table; {@code last_login} by default. */
    public Builder table(String table) {
      SqlNames.checkTable(table);
      this.table = table;
      return this;
    }

    /** Names the column with the mailbox's full name; {@code username} by default. */
    public Builder mailboxColumn(String column) {
      SqlNames.checkColumn(column);
      this.mailboxColumn = column;
      return this;
    }

    /** Names the column with the mailbox's domain; {@code domain} by default. */
    public Builder domainColumn(String column) {
      SqlNames.checkColumn(column);
      this.domainColumn = column;
      return this;
    }

    /** States the services and the columns of their times; imap, pop3 and lda by default. */
    public Builder fields(ServiceFields fields) {
      fields.all().forEach(SqlNames::checkColumn);
      this.fields = fields;
      return this;
    }

    /**
     * States the unit of the numbers in the table; seconds by default, as it is Dovecot's. Finer
     * ones need columns of 64 bits.
     */
    public Builder precision(Precision precision) {
      this.precision = Objects.requireNonNull(precision, "precision");
      return this;
    }

    /**
     * Sets what {@link JdbcLastLoginStore#record record} does to an existing time; {@link
     * WritePolicy#KEEP_NEWEST} by default, as {@link LastLoginStore} promises. {@link
     * WritePolicy#OVERWRITE} breaks that promise, to correct wrong times: of several events, the
     * last one counts.
     */
    public Builder writePolicy(WritePolicy policy) {
      this.writePolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets which times are accepted, and how they are rounded. By default, times of more than a day
     * ahead are {@linkplain TimePolicy#refusingFuture refused}, because no later login could
     * replace them.
     */
    public Builder times(TimePolicy policy) {
      this.times = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets the time limit of a statement; 10 seconds by default. */
    public Builder statementTimeLimit(Duration limit) {
      this.statementTimeLimit = Checks.positive(limit);
      return this;
    }

    /**
     * Sets the use that is made of a connection whose auto-commit is off; {@link
     * TransactionMode#REFUSE} by default.
     */
    public Builder transactionMode(TransactionMode mode) {
      this.transactionMode = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /** Returns the store. No connection is opened yet. */
    public JdbcLastLoginStore build() {
      return new JdbcLastLoginStore(
          new Database(dataSource, statementTimeLimit, transactionMode.autoCommitOff()),
          new LastLoginTable(
              table, mailboxColumn, domainColumn, fields, precision, writePolicy, times));
    }
  }
}

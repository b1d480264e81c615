package org.lastlogin.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.lastlogin.Precision;
import org.lastlogin.TimePolicy;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.LookupReader.Lookup;
import org.lastlogin.jdbc.group.GroupCommit;
import org.lastlogin.jdbc.group.Ticker;
import org.lastlogin.jdbc.schema.MapNames;
import org.lastlogin.jdbc.schema.MapProblem;
import org.lastlogin.jdbc.sql.AutoCommitOff;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dict over SQL tables of MariaDB, MySQL, PostgreSQL or SQLite: dict maps define which row and
 * column a key means. Dovecot calls it a SQL dict.
 *
 * <p>Many commits share one database transaction: while one group of commits is written, those that
 * arrive become the next. A single commit is not delayed. Each commit is applied completely or not
 * at all, and one that the database refuses fails alone.
 *
 * <p>No connection is opened before the first call, so a dict can be made while the database is
 * down, and before its tables exist. Keys can be looked up, set, unset, incremented and iterated,
 * not appended to. A set names the first value column of its map, a lookup reads all of them. An
 * unset deletes the whole row.
 *
 * <p>Where a map has an {@code expire_field}, a set also stores when its row expires: after the
 * {@linkplain DictTransaction#expiry() transaction's expiry}, by the clock of this program, or
 * never (NULL) without one. An expired row counts as missing. When set again, it is a new row: all
 * other values that maps know are NULL. The time of a write that a client sends is not used;
 * commits count in the order of their arrival.
 *
 * <p>It never takes part in a transaction of the host program: it works on its own threads, in its
 * own transactions, and commits these even where a pool has switched auto-commit off.
 *
 * <p>Table and column names have the meaning of SQL names without quotes: PostgreSQL has them in
 * lower case. Rows are told apart by a primary key, or a unique index, whose columns are all among
 * those of the map; the table must have one.
 *
 * <p>Safe for use by any number of threads. Stages complete on the dict's threads: what depends on
 * them must not block.
 */
public final class JdbcDict implements Dict {
  private static final Logger log = LoggerFactory.getLogger(JdbcDict.class);

  /** Longer than most groups of commits take. Lookups gain nothing from larger groups. */
  private static final Duration COMMIT_LINGER = Duration.ofMillis(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final DictDatabase database;
  private final DictMaps maps;
  private final ValueRules rules;
  private final ExpiryRules expiryRules;
  private final InstantSource clock;
  private final GroupCommit<WriteSet, CommitResult> commits;
  private final GroupCommit<Lookup, LookupResult> lookups;
  private final ReaderThreads readers;
  private final Iterations iterations;

  private JdbcDict(Builder builder) {
    this.maps = builder.maps;
    this.rules = builder.rules;
    this.expiryRules = new ExpiryRules(maps, builder.clock);
    this.clock = builder.clock;
    Database connections =
        new Database(builder.dataSource, builder.statementTimeLimit, AutoCommitOff.OWN);
    Outage outage = new Outage(log);
    this.database = new DictDatabase(connections, outage);
    this.commits =
        GroupCommit.start(
            "lastlogin-jdbc-writer",
            new DictWriter(connections, outage),
            builder.writerThreads,
            builder.queueCapacity,
            COMMIT_LINGER,
            builder.timeLimit,
            Ticker.SYSTEM);
    this.lookups =
        GroupCommit.start(
            "lastlogin-jdbc-lookup",
            new LookupReader(connections, outage),
            builder.readerThreads,
            builder.queueCapacity,
            Duration.ZERO,
            builder.timeLimit,
            Ticker.SYSTEM);
    this.readers = new ReaderThreads("lastlogin-jdbc-reader-", builder.readerThreads);
    this.iterations = new Iterations(database, readers, builder.readerThreads);
  }

  /**
   * Returns a dict with all defaults.
   *
   * @param dataSource where to get connections, best from a pool that waits no longer than some
   *     seconds for one; stays open when the dict closes
   * @param maps which keys there are, and where they are stored
   * @throws IllegalArgumentException if a table or column has a name that cannot be one
   */
  public static JdbcDict create(DataSource dataSource, DictMaps maps) {
    return builder(dataSource, maps).build();
  }

  /**
   * Returns why maps cannot be served: names that a table or column cannot have. The database is
   * not used.
   *
   * @return all that is wrong, in the order of the maps; empty if they can be served
   */
  public static List<MapProblem> problems(DictMaps maps) {
    return maps.asList().stream().flatMap(map -> MapNames.problems(map).stream()).toList();
  }

  /** Collects the settings of a dict. A builder is not safe for use by several threads. */
  public static Builder builder(DataSource dataSource, DictMaps maps) {
    return new Builder(dataSource, maps);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return attempt(() -> lookups.submit(Lookup.of(maps, key, context, expiryRules)));
  }

  /**
   * Tries to reach the database, so that an outage is logged before the first commit. The stage
   * fails with a {@link DictException} if it cannot be reached.
   */
  public CompletionStage<Void> ping() {
    return attempt(
            () ->
                readers.submit(
                    () -> {
                      database.ping();
                      return true;
                    }))
        .thenAccept(reached -> {});
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return attempt(() -> commits.submit(WriteSet.of(maps, rules, expiryRules, transaction)));
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Objects.requireNonNull(iteration, "iteration");
    Objects.requireNonNull(rows, "rows");
    return attempt(
        () -> {
          List<IterationQuery> queries = IterationQuery.of(maps, expiryRules, iteration);
          return iterations.start(iteration, queries, rows).toCompletableFuture();
        });
  }

  /**
   * Removes the rows that have expired from all tables whose maps have an {@code expire_field}.
   * Nothing finds them any more, so this only frees their space; once an hour is enough. Each is
   * removed by itself, so that no lock is held for longer than that takes.
   *
   * @return how many rows were removed; fails with a {@link DictException} if a table fails, after
   *     the other tables are done
   */
  public CompletionStage<Long> removeExpired() {
    return attempt(
        () -> {
          List<ExpiredRows> tables =
              maps.asList().stream()
                  .flatMap(map -> ExpiredRows.of(map).stream())
                  .distinct()
                  .toList();
          String what = "sql dict: Failed to remove what has expired";
          ExpiryRemoval removal =
              new ExpiryRemoval(
                  database.database(), clock, (table, e) -> database.failure(what, table, e));
          return readers.submit(() -> removal.remove(tables, readers::requireOpen));
        });
  }

  private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> action) {
    try {
      return action.get();
    } catch (DictException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Waits up to 10 seconds for pending calls. Those that are not sent by then fail. */
  @Override
  public void close() {
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    commits.close(CLOSE_TIMEOUT);
    lookups.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    readers.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /** Collects the settings of a dict. */
  public static final class Builder {
    private final DataSource dataSource;
    private final DictMaps maps;
    private ValueRules rules = ValueRules.DEFAULT;
    private Duration statementTimeLimit = Duration.ofSeconds(10);
    private Duration timeLimit = Duration.ofSeconds(20);
    private int queueCapacity = 10_000;
    private int writerThreads = 2;
    private int readerThreads = 4;
    private InstantSource clock = InstantSource.system();

    private Builder(DataSource dataSource, DictMaps maps) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
      this.maps = Objects.requireNonNull(maps, "maps");
    }

    /**
     * Sets the time limit of a statement; 10 seconds by default. A commit waits as long for a lock
     * that another session holds.
     */
    public Builder statementTimeLimit(Duration limit) {
      this.statementTimeLimit = Checks.positive(limit);
      return this;
    }

    /**
     * Sets the time in which every commit and lookup is answered; 20 seconds by default. Deadlocks
     * and lost connections are retried until then. It should stay below the 30 seconds after which
     * Dovecot gives up.
     */
    public Builder timeLimit(Duration limit) {
      this.timeLimit = Checks.positive(limit);
      return this;
    }

    /**
     * Sets how many commits and how many lookups may wait; 10,000 by default. More fail at once.
     */
    public Builder queueCapacity(int capacity) {
      this.queueCapacity = Checks.positive(capacity);
      return this;
    }

    /**
     * Sets how many groups of commits are written at the same time, each by its own connection; 2
     * by default.
     */
    public Builder writerThreads(int threads) {
      this.writerThreads = Checks.positive(threads);
      return this;
    }

    /**
     * Sets how many groups of lookups are read at the same time, and how many iterations may run; 4
     * by default. An iteration holds a connection until its consumer has received the last row. A
     * pool should have twice as many connections, and those for the commits.
     */
    public Builder readerThreads(int threads) {
      this.readerThreads = Checks.positive(threads);
      return this;
    }

    /** Sets what becomes of an existing value; {@link WritePolicy#OVERWRITE} by default. */
    public Builder writePolicy(WritePolicy policy) {
      return writePolicy(policy, map -> true);
    }

    /** Sets the same for some of the maps, such as those of one table. */
    public Builder writePolicy(WritePolicy policy, Predicate<DictMap> which) {
      Objects.requireNonNull(policy, "policy");
      this.rules = rules.change(maps, which, rule -> rule.with(policy));
      return this;
    }

    /**
     * Declares that the values of the maps are times, and which times are accepted. By default,
     * only the type of a value is known. A commit with a time that is refused fails.
     *
     * @param precision in which unit they are, as Dovecot's {@code last_login_precision} says
     * @param policy which times are taken, and how they are rounded
     */
    public Builder times(Precision precision, TimePolicy policy) {
      return times(precision, policy, map -> true);
    }

    /** Sets the same for some of the maps, such as those of one table. */
    public Builder times(Precision precision, TimePolicy policy, Predicate<DictMap> which) {
      Objects.requireNonNull(precision, "precision");
      ValueRule.Times times =
          new ValueRule.Times(precision, Objects.requireNonNull(policy, "policy"));
      this.rules = rules.change(maps, which, rule -> rule.with(times));
      return this;
    }

    /** Sets the clock by which rows expire; the system's clock by default. */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Returns the dict.
     *
     * @throws IllegalArgumentException if a table or column has an invalid name, if a policy keeps
     *     the newest of values that are not numbers, if times are not whole numbers, or if two maps
     *     that share a column differ in these
     */
    public JdbcDict build() {
      for (MapProblem problem : problems(maps)) {
        throw new IllegalArgumentException(problem.reason());
      }
      rules.check(maps);
      return new JdbcDict(this);
    }
  }
}

package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.lastlogin.jdbc.MappedKey.MalformedException;
import org.lastlogin.jdbc.group.GroupCommit;
import org.lastlogin.jdbc.group.Ticker;
import org.lastlogin.jdbc.schema.MapRefusal;
import org.lastlogin.jdbc.sql.AutoCommitOff;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.SqlErrors;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dict whose keys are rows and columns of SQL tables, as dict maps say: what Dovecot calls a SQL
 * dict, for MariaDB, MySQL, PostgreSQL and SQLite.
 *
 * <p>Many commits share one database transaction: while one group of commits is written, those that
 * come in become the next. A commit that comes alone is not delayed. Each is applied whole or not
 * at all, and one that the database refuses fails alone.
 *
 * <p>Nothing is asked of the database before it is needed, so a dict can be made while the database
 * is down, and before its tables exist. Keys can be looked up, set, unset, incremented and
 * iterated, not appended to. A set names the first value column of its map, a lookup reads all of
 * them. A DELETE of the whole row is what an unset means.
 *
 * <p>Where a map has an {@code expire_field}, a set also says until when its row lives: for as long
 * as {@linkplain DictTransaction#expiry() the transaction} says, by the clock of this program, or
 * for ever (NULL) if that says nothing. A row that has expired is as good as missing. Set again, it
 * is a new row, in which all other values that maps know are NULL.
 *
 * <p>It never takes part in a transaction of the host program: it works on threads of its own, in
 * transactions of its own, and commits these even where a pool has switched auto-commit off.
 *
 * <p>Table and column names mean what they mean in SQL without quotes: PostgreSQL has them in lower
 * case. Rows are told apart by a primary key, or a unique index, whose columns are all among those
 * of the map; the table must have one.
 *
 * <p>Safe for use by any number of threads. Stages complete on the dict's threads: what depends on
 * them must not block.
 */
public final class JdbcDict implements Dict {
  private static final Logger log = LoggerFactory.getLogger(JdbcDict.class);

  /** Longer than most groups of commits take. Reading has nothing to gain from larger groups. */
  private static final Duration PATIENCE = Duration.ofMillis(10);

  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(10);

  /** What JDBC's time-outs can express, and nobody needs. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Database database;
  private final DictMaps maps;
  private final ValueRules rules;
  private final ExpiryRules expiryRules;
  private final InstantSource clock;
  private final GroupCommit<WriteSet, CommitResult> commits;
  private final GroupCommit<Lookup, LookupResult> lookups;
  private final ReaderThreads readers;
  private final Outage outage = new Outage(log);
  private final int maxIterations;
  private final AtomicInteger iterations = new AtomicInteger();

  private JdbcDict(Builder builder) {
    this.maps = builder.maps;
    this.rules = builder.rules;
    this.expiryRules = new ExpiryRules(maps, builder.clock);
    this.clock = builder.clock;
    this.database = new Database(builder.dataSource, builder.statementTimeLimit, AutoCommitOff.OWN);
    this.commits =
        GroupCommit.start(
            "lastlogin-jdbc-writer",
            new DictWriter(database, outage, "sql dict: commit failed: "),
            builder.writerThreads,
            builder.queueCapacity,
            PATIENCE,
            builder.timeLimit,
            Ticker.SYSTEM);
    this.lookups =
        GroupCommit.start(
            "lastlogin-jdbc-lookup",
            new LookupReader(database, outage),
            builder.readerThreads,
            builder.queueCapacity,
            Duration.ZERO,
            builder.timeLimit,
            Ticker.SYSTEM);
    this.readers = new ReaderThreads("lastlogin-jdbc-reader-", builder.readerThreads);
    this.maxIterations = builder.readerThreads;
  }

  /**
   * A dict with all defaults.
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
   * Why maps cannot be served: names that no table or column can have. No database is asked.
   *
   * @return all that is wrong, in the order of the maps; empty if they can be served
   */
  public static List<MapRefusal> refusals(DictMaps maps) {
    return maps.asList().stream().flatMap(map -> RefusedParts.of(map).stream()).toList();
  }

  /** Collects the settings of a dict. A builder is not safe for use by several threads. */
  public static Builder builder(DataSource dataSource, DictMaps maps) {
    return new Builder(dataSource, maps);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return attempt(
        () -> {
          MappedKey mapped = MappedKey.of(maps, "lookup", key, context);
          return lookups.submit(
              new Lookup(key, mapped.map(), row(mapped), expiryRules.now(mapped.map())));
        });
  }

  private static RowKey row(MappedKey mapped) {
    try {
      return mapped.row();
    } catch (MalformedException e) {
      throw new DictException(
          "sql dict lookup: Failed to lookup key " + mapped.key() + ": " + e.getMessage(), e);
    }
  }

  private DictException readFailure(String what, String table, SQLException e) {
    if (e instanceof Database.UnreachableException) {
      return unreachable(e);
    }
    return new DictException(what + ": table " + table + ": " + SqlErrors.message(e, false), e);
  }

  /**
   * Tries to reach the database, so that its absence is told to the log before the first commit is.
   * The stage fails with a {@link DictException} if it cannot be reached.
   */
  public CompletionStage<Void> ping() {
    return attempt(() -> readers.submit(this::reach)).thenAccept(reached -> {});
  }

  private boolean reach() {
    try {
      return database.read(
          session -> {
            outage.over();
            return true;
          });
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private DictException unreachable(SQLException e) {
    DictException down = new DatabaseDownException(e);
    outage.failed(down);
    return down;
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
          String what = "sql dict iterate: Failed to iterate " + iteration.path();
          IterationCursor cursor =
              new IterationCursor(
                  database, (query, e) -> readFailure(what, query.table(), e), queries, iteration);
          startIteration(iteration.path());
          return cursor
              .deliverTo(rows, readers)
              .whenComplete((done, failure) -> iterations.decrementAndGet())
              .toCompletableFuture();
        });
  }

  /** Counts an iteration in: each holds a connection for as long as its consumer likes. */
  private void startIteration(String path) {
    if (iterations.incrementAndGet() > maxIterations) {
      iterations.decrementAndGet();
      throw new DictException(
          "sql dict iterate: Failed to iterate "
              + path
              + ": "
              + maxIterations
              + " iterations are under way already; try again later");
    }
  }

  /**
   * Removes the rows that have expired from all tables whose maps have an {@code expire_field}.
   * Nothing finds them any more, so this is only for the space that they take; once an hour will
   * do. Each is removed by itself, so that no lock is held for longer than that takes.
   *
   * @return how many rows were removed; fails with a {@link DictException} if the database refuses
   *     for a table, when it is done with the others
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
              new ExpiryRemoval(database, clock, (table, e) -> readFailure(what, table, e));
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

  /** Waits up to 10 seconds for what is pending; what is not sent by then fails. */
  @Override
  public void close() {
    long end = System.nanoTime() + CLOSING_PATIENCE.toNanos();
    commits.close(CLOSING_PATIENCE);
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
     * How long the database may take for a statement; 10 seconds by default. While another session
     * holds a lock, a commit waits as long for it.
     */
    public Builder statementTimeLimit(Duration limit) {
      this.statementTimeLimit = positive(limit);
      return this;
    }

    /**
     * In which time a commit or a lookup is answered, whatever happens; 20 seconds by default. So
     * long are deadlocks and lost connections tried again. It should stay below the 30 seconds
     * after which Dovecot gives up.
     */
    public Builder timeLimit(Duration limit) {
      this.timeLimit = positive(limit);
      return this;
    }

    /** How many commits may wait, and how many lookups; 10,000 by default. More fail at once. */
    public Builder queueCapacity(int capacity) {
      this.queueCapacity = positive(capacity);
      return this;
    }

    /**
     * How many groups of commits are written at the same time, each by a connection of its own; 2
     * by default.
     */
    public Builder writerThreads(int threads) {
      this.writerThreads = positive(threads);
      return this;
    }

    /**
     * How many groups of lookups are read at the same time, and how many iterations may be under
     * way, which each hold a connection until their consumer has had the last row; 4 by default. A
     * pool should have twice as many connections, and those for the commits.
     */
    public Builder readerThreads(int threads) {
      this.readerThreads = positive(threads);
      return this;
    }

    /** What a set does to a value that is there; {@link WritePolicy#OVERWRITE} by default. */
    public Builder writePolicy(WritePolicy policy) {
      return writePolicy(policy, map -> true);
    }

    /** The same for some of the maps, such as those of one table. */
    public Builder writePolicy(WritePolicy policy, Predicate<DictMap> which) {
      Objects.requireNonNull(policy, "policy");
      this.rules = rules.change(maps, which, rule -> rule.with(policy));
      return this;
    }

    /**
     * Says that the values of the maps are times, and which of them are taken; by default, nothing
     * is known of a value but its type. A commit with a time that is refused fails.
     *
     * @param precision in which unit they are, as Dovecot's {@code last_login_precision} says
     * @param policy which times are taken, and how they are rounded
     */
    public Builder times(Precision precision, TimePolicy policy) {
      return times(precision, policy, map -> true);
    }

    /** The same for some of the maps, such as those of one table. */
    public Builder times(Precision precision, TimePolicy policy, Predicate<DictMap> which) {
      Objects.requireNonNull(precision, "precision");
      ValueRule.Times times =
          new ValueRule.Times(precision, Objects.requireNonNull(policy, "policy"));
      this.rules = rules.change(maps, which, rule -> rule.with(times));
      return this;
    }

    /** What tells the time, by which rows expire; the system's clock by default. */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * The dict.
     *
     * @throws IllegalArgumentException if a table or column has a name that cannot be one, the
     *     newest shall be kept of values that are no numbers, values shall be times that are no
     *     whole numbers, or two maps that share a column differ in these
     */
    public JdbcDict build() {
      for (MapRefusal refusal : refusals(maps)) {
        throw new IllegalArgumentException(refusal.reason());
      }
      rules.check(maps);
      return new JdbcDict(this);
    }

    private static Duration positive(Duration duration) {
      if (duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("Longer than " + LONGEST + ": " + duration);
      }
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("Not a positive duration: " + duration);
      }
      return duration;
    }

    private static int positive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("Not a positive number: " + number);
      }
      return number;
    }
  }
}

package org.lastlogin.jdbc.sql;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Classifies the errors of databases and drivers, and words them for messages. */
public final class SqlErrors {
  /** MariaDB and MySQL: deadlock. Galera reports a conflict between two nodes so, too. */
  private static final Set<Integer> TRANSIENT_CODES = Set.of(1213);

  /** Serialization failure; PostgreSQL: deadlock detected. */
  private static final Set<String> TRANSIENT_STATES = Set.of("40001", "40P01");

  /** MariaDB: connection was killed; server shutdown in progress. */
  private static final Set<Integer> LOST_CODES = Set.of(1927, 1053);

  /**
   * PostgreSQL: the administrator, a crash or a start ended the session. MariaDB: its driver has
   * moved on to another server; the outcome of the transaction at the first is unknown.
   */
  private static final Set<String> LOST_STATES = Set.of("57P01", "57P02", "57P03", "25S03");

  /** MariaDB: statement timeout. */
  private static final Set<Integer> TIMEOUT_CODES = Set.of(1969);

  /** PostgreSQL: statement cancelled. */
  private static final Set<String> TIMEOUT_STATES = Set.of("57014");

  /** MariaDB and MySQL: lock wait timeout; SQLite: the file was locked all the time. */
  private static final Set<Integer> LOCK_WAIT_CODES = Set.of(1205, 5);

  /** PostgreSQL: lock not available. */
  private static final Set<String> LOCK_WAIT_STATES = Set.of("55P03");

  private static final Pattern URL = Pattern.compile("jdbc:\\S+");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(password|passwd|pwd|secret)(\\s*[=:]\\s*)[^\\s&;,)]+");

  private SqlErrors() {}

  /**
   * Returns whether the table no longer has a unique key that a statement names. Only PostgreSQL
   * and SQLite report that.
   */
  public static boolean isKeyGone(SQLException e) {
    return any(
        e,
        x ->
            "42P10".equals(x.getSQLState())
                || String.valueOf(x.getMessage()).contains("ON CONFLICT clause does not match"));
  }

  /** Returns whether the same statements may succeed if they are simply tried again. */
  public static boolean isTransient(SQLException e) {
    return isConnectionLost(e)
        || any(
            e,
            x ->
                TRANSIENT_CODES.contains(x.getErrorCode())
                    || TRANSIENT_STATES.contains(String.valueOf(x.getSQLState())));
  }

  /**
   * Returns whether the connection is gone, so that a commit under way may or may not have been
   * made.
   */
  static boolean isConnectionLost(SQLException e) {
    return any(
        e,
        x ->
            String.valueOf(x.getSQLState()).startsWith("08")
                || LOST_CODES.contains(x.getErrorCode())
                || LOST_STATES.contains(String.valueOf(x.getSQLState())));
  }

  /** Returns whether the database says that something took longer than it was given. */
  public static boolean isTimeout(SQLException e) {
    return isLockWait(e)
        || any(
            e,
            x ->
                x instanceof SQLTimeoutException
                    || TIMEOUT_CODES.contains(x.getErrorCode())
                    || TIMEOUT_STATES.contains(String.valueOf(x.getSQLState())));
  }

  /** Returns whether the database says that it was a lock that took so long. */
  static boolean isLockWait(SQLException e) {
    return any(
        e,
        x ->
            LOCK_WAIT_CODES.contains(x.getErrorCode())
                || LOCK_WAIT_STATES.contains(String.valueOf(x.getSQLState())));
  }

  /**
   * Returns whether it is the database's own answer that a statement was not executed, and not what
   * its driver made of a lost connection or of time that ran out.
   */
  static boolean isAnswered(SQLException e) {
    return !isConnectionLost(e)
        && !isSilence(e)
        && !any(e, x -> x instanceof SQLTimeoutException && x.getErrorCode() == 0);
  }

  /** Returns whether the database gave no answer in time, so that the outcome is unknown. */
  public static boolean isSilence(SQLException e) {
    return causes(e).anyMatch(SocketTimeoutException.class::isInstance);
  }

  /**
   * Returns whether a rollback failed because there is no transaction: a full disk ends that of
   * SQLite.
   */
  static boolean isRolledBackAlready(SQLException e) {
    return String.valueOf(e.getMessage()).contains("no transaction is active");
  }

  /**
   * Returns whether a savepoint is not there any more, so that its transaction is not, either:
   * MariaDB and MySQL, PostgreSQL, SQLite.
   */
  static boolean isTransactionGone(SQLException e) {
    return isConnectionLost(e)
        || any(
            e,
            x ->
                x.getErrorCode() == 1305
                    || "3B001".equals(x.getSQLState())
                    || String.valueOf(x.getMessage()).contains("no such savepoint"));
  }

  /** Returns the message of the root cause, in the words of the database or the network. */
  static String rootMessage(Throwable e) {
    Throwable root = causes(e).reduce(e, (outer, inner) -> inner);
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : redact(message);
  }

  /**
   * Returns the table and the message of an error. The database's words may quote values; they are
   * left out if values are to be hidden.
   */
  public static String message(SQLException e, boolean hideValues) {
    return find(e, TableException.class).map(about -> about.place() + ": ").orElse("")
        + words(e, hideValues)
        + (e instanceof JoinedException joined ? joined.advice() : "");
  }

  private static String words(SQLException e, boolean hideValues) {
    Optional<SlowStatementException> slow = find(e, SlowStatementException.class);
    if (slow.isPresent()) {
      return String.valueOf(slow.get().getMessage());
    }
    return hideValues
        ? "error " + e.getErrorCode() + ", SQL state " + e.getSQLState()
        : redact(String.valueOf(e.getMessage()));
  }

  /** Returns the first exception of a type in the chain of causes. */
  public static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
    return causes(e).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Drivers quote the URL they were given, and the URL may hold the password. */
  private static String redact(String message) {
    return PASSWORD.matcher(URL.matcher(message).replaceAll("jdbc:...")).replaceAll("$1$2...");
  }

  private static boolean any(SQLException e, Predicate<SQLException> test) {
    return causes(e)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .anyMatch(test);
  }

  private static Stream<Throwable> causes(Throwable e) {
    // A chain of causes may lead back to itself.
    return Stream.iterate(e, x -> x != null, Throwable::getCause).limit(20);
  }
}

package org.lastlogin.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lastlogin.LastLogin;
import org.lastlogin.LoginEvent;
import org.lastlogin.Precision;
import org.lastlogin.ServiceFields;
import org.lastlogin.TimePolicy;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.SqlValue;

/**
 * The table of last logins: a row for each mailbox, or for each mailbox and domain, with a number
 * in a column for each field. Immutable.
 *
 * @param name the table's name
 * @param mailboxColumn the column with the mailbox's full name
 * @param domainColumn the column with its domain
 * @param fields the columns with times
 * @param precision the unit of the numbers
 * @param policy what becomes of a time that is there already
 * @param times which times are taken
 */
record LastLoginTable(
    String name,
    String mailboxColumn,
    String domainColumn,
    ServiceFields fields,
    Precision precision,
    WritePolicy policy,
    TimePolicy times) {

  /** Returns the table as it is created and checked. */
  JdbcSchema schema() {
    return JdbcSchema.ofLogins(name, mailboxColumn, domainColumn, fields);
  }

  /**
   * Returns the changes that events make.
   *
   * @throws IllegalArgumentException if the service of an event is unknown, or its time refused
   */
  List<RowChange> changes(Collection<LoginEvent> events) {
    List<LoginEvent> accepted = events.stream().map(times::applyTo).toList();
    return policy == WritePolicy.KEEP_NEWEST ? newest(accepted) : each(accepted);
  }

  /** Returns one change for each row, with the newest time of each field. */
  private List<RowChange> newest(List<LoginEvent> events) {
    Map<RowKey, Map<String, SqlValue>> newest = new TreeMap<>();
    for (LoginEvent event : events) {
      newest
          .computeIfAbsent(row(event), row -> new HashMap<>())
          .merge(fields.fieldOf(event.service()), number(event), SqlValue::greater);
    }
    List<RowChange> changes = new ArrayList<>(newest.size());
    newest.forEach((row, values) -> changes.add(new RowChange.Upsert(row, values, true)));
    return changes;
  }

  /**
   * Returns one change for each event, because their order counts: several rows here may be one row
   * in the database.
   */
  private List<RowChange> each(List<LoginEvent> events) {
    List<RowChange> changes = new ArrayList<>(events.size());
    for (LoginEvent event : events) {
      Map<String, SqlValue> values = Map.of(fields.fieldOf(event.service()), number(event));
      changes.add(new RowChange.Upsert(row(event), values, false));
    }
    return changes;
  }

  private SqlValue number(LoginEvent event) {
    return SqlValue.Whole.of(precision.toNumber(event.time()));
  }

  private RowKey row(LoginEvent event) {
    return new RowKey(
        name,
        List.of(mailboxColumn, domainColumn),
        List.of(new SqlValue.Text(event.mailbox()), new SqlValue.Text(event.domain())));
  }

  /** Returns the columns that {@link #read} expects: mailbox, domain, then the fields. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(mailboxColumn, domainColumn));
    columns.addAll(fields.all());
    return columns;
  }

  /**
   * Reads the current row of a result set.
   *
   * @param first the number of the first of {@link #columns}
   */
  LastLogin read(ResultSet row, int first) throws SQLException {
    Map<String, Instant> times = new HashMap<>();
    int column = first + 2;
    for (String field : fields.all()) {
      long number = row.getLong(column++);
      if (!row.wasNull()) {
        times.put(field, precision.toTime(number));
      }
    }
    return LastLogin.of(row.getString(first), row.getString(first + 1), times, fields);
  }

  /** Merges two rows of one mailbox: the newest times, with the names of the newest of all. */
  LastLogin merge(LastLogin a, LastLogin b) {
    Map<String, Instant> times = times(a);
    times(b).forEach((field, time) -> times.merge(field, time, LastLoginTable::later));
    LastLogin newer = newest(b).isAfter(newest(a)) ? b : a;
    return LastLogin.of(newer.mailbox(), newer.domain(), times, fields);
  }

  /** Returns whether there is a time at all: a row without one counts as no row. */
  static boolean hasTime(LastLogin login) {
    return !times(login).isEmpty();
  }

  private static Map<String, Instant> times(LastLogin login) {
    Map<String, Instant> times = new HashMap<>(login.logins());
    times.putAll(login.deliveries());
    return times;
  }

  private static Instant newest(LastLogin login) {
    Collection<Instant> times = times(login).values();
    return times.isEmpty() ? Instant.MIN : Collections.max(times);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}

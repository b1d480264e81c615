package org.lastlogin.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lastlogin.LastLogin;
import org.lastlogin.LoginEvent;
import org.lastlogin.Precision;
import org.lastlogin.ServiceFields;
import org.lastlogin.map.ValueType;

/**
 * How last logins stand in a table: a row for each mailbox, or for each mailbox and domain, and a
 * number in a column for each field. Immutable.
 *
 * @param name the table's name
 * @param mailboxColumn the column with the mailbox's full name
 * @param domainColumn the column with its domain
 * @param fields the columns with times
 * @param precision the unit of the numbers
 */
record LastLoginTable(
    String name,
    String mailboxColumn,
    String domainColumn,
    ServiceFields fields,
    Precision precision) {

  /** The columns, for a table that is to be created. */
  TableDefinition definition() {
    Map<String, ValueType> keys = new LinkedHashMap<>();
    keys.put(mailboxColumn, ValueType.STRING);
    keys.put(domainColumn, ValueType.STRING);
    Map<String, ValueType> values = new LinkedHashMap<>();
    fields.all().forEach(field -> values.put(field, ValueType.UINT));
    return new TableDefinition(name, keys, values);
  }

  /**
   * What events change: one change for each row, with the newest time of each field.
   *
   * @throws IllegalArgumentException if the service of an event is unknown
   */
  List<RowChange> changes(Collection<LoginEvent> events) {
    Map<RowKey, Map<String, Long>> newest = new TreeMap<>();
    for (LoginEvent event : events) {
      newest
          .computeIfAbsent(row(event.mailbox(), event.domain()), row -> new HashMap<>())
          .merge(fields.fieldOf(event.service()), precision.toNumber(event.time()), Math::max);
    }
    List<RowChange> changes = new ArrayList<>(newest.size());
    newest.forEach(
        (row, times) -> {
          Map<String, SqlValue> values = new HashMap<>();
          times.forEach((field, time) -> values.put(field, SqlValue.Whole.of(time)));
          changes.add(new RowChange.Upsert(row, values, true));
        });
    return changes;
  }

  private RowKey row(String mailbox, String domain) {
    return new RowKey(
        name,
        List.of(mailboxColumn, domainColumn),
        List.of(new SqlValue.Text(mailbox), new SqlValue.Text(domain)));
  }

  /** The columns that {@link #read} expects: mailbox, domain, then the fields. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(mailboxColumn, domainColumn));
    columns.addAll(fields.all());
    return columns;
  }

  /** The row that a result set stands at. */
  LastLogin read(ResultSet row) throws SQLException {
    Map<String, Instant> times = new HashMap<>();
    int column = 3;
    for (String field : fields.all()) {
      long number = row.getLong(column++);
      if (!row.wasNull()) {
        times.put(field, precision.toTime(number));
      }
    }
    return LastLogin.of(row.getString(1), row.getString(2), times, fields);
  }

  /** Two rows of one mailbox as one: the newest times, and the domain of the newest of all. */
  LastLogin merge(LastLogin a, LastLogin b) {
    Map<String, Instant> times = times(a);
    times(b).forEach((field, time) -> times.merge(field, time, LastLoginTable::later));
    LastLogin newer = newest(b).isAfter(newest(a)) ? b : a;
    return LastLogin.of(a.mailbox(), newer.domain(), times, fields);
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

package org.lastlogin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store that lives in memory, for tests and trials. It keeps times to the {@linkplain Precision
 * precision} it is given, as a table would. Safe for use by any number of threads.
 */
public final class InMemoryLastLoginStore implements LastLoginStore {
  private final ServiceFields fields;
  private final Precision precision;
  private final TimePolicy times;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** A store with the {@linkplain ServiceFields#DEFAULT usual fields} and seconds. */
  public InMemoryLastLoginStore() {
    this(ServiceFields.DEFAULT, Precision.SECONDS);
  }

  /** A store with given fields and precision, which takes every time. */
  public InMemoryLastLoginStore(ServiceFields fields, Precision precision) {
    this(fields, precision, TimePolicy.exact());
  }

  /** A store with given fields, precision and policy for times. */
  public InMemoryLastLoginStore(ServiceFields fields, Precision precision, TimePolicy times) {
    this.fields = Objects.requireNonNull(fields, "fields");
    this.precision = Objects.requireNonNull(precision, "precision");
    this.times = Objects.requireNonNull(times, "times");
  }

  @Override
  public synchronized void record(Collection<LoginEvent> events) {
    // All are checked first: one that is refused must not leave half of the events behind.
    List<LoginEvent> accepted = new ArrayList<>(events.size());
    List<String> fieldNames = new ArrayList<>(events.size());
    for (LoginEvent event : events) {
      fieldNames.add(fields.fieldOf(event.service()));
      accepted.add(times.applyTo(event));
    }
    int i = 0;
    for (LoginEvent event : accepted) {
      entries
          .computeIfAbsent(event.mailbox(), mailbox -> new Entry(event.domain()))
          .times
          .merge(
              fieldNames.get(i++), precision.truncate(event.time()), InMemoryLastLoginStore::later);
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public synchronized Optional<LastLogin> find(String mailbox) {
    return Optional.ofNullable(toLastLogin(mailbox, entries.get(mailbox)));
  }

  @Override
  public synchronized Map<String, LastLogin> findAll(Collection<String> mailboxes) {
    Map<String, LastLogin> found = new LinkedHashMap<>();
    for (String mailbox : mailboxes) {
      LastLogin login = toLastLogin(mailbox, entries.get(mailbox));
      if (login != null) {
        found.put(mailbox, login);
      }
    }
    return found;
  }

  @Override
  public synchronized List<LastLogin> list(String domain, String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least one mailbox, not " + limit);
    }
    return entries.tailMap(after, false).entrySet().stream()
        .filter(entry -> entry.getValue().domain.equals(domain))
        .limit(limit)
        .map(entry -> LastLogin.of(entry.getKey(), domain, entry.getValue().times, fields))
        .toList();
  }

  @Override
  public synchronized boolean delete(String mailbox) {
    return entries.remove(mailbox) != null;
  }

  private @Nullable LastLogin toLastLogin(String mailbox, @Nullable Entry entry) {
    return entry == null ? null : LastLogin.of(mailbox, entry.domain, entry.times, fields);
  }

  /** The times of one mailbox; its domain is that of the first event. */
  private static final class Entry {
    final String domain;
    final Map<String, Instant> times = new HashMap<>();

    Entry(String domain) {
      this.domain = domain;
    }
  }
}

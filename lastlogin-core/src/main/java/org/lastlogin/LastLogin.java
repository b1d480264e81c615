package org.lastlogin;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When a mailbox was last used, by field: services may share one, as {@code lda} and {@code lmtp}
 * do, and installations may add services. {@link ServiceFields} assigns each service its field.
 * Immutable.
 *
 * @param mailbox the full name of the mailbox, such as {@code alice@example.com}
 * @param domain the domain of the mailbox; empty if it has none
 * @param logins the times of the last logins, by the {@linkplain ServiceFields field} that keeps
 *     them; a field without a time is not there
 * @param deliveries the times of the last deliveries, likewise
 */
public record LastLogin(
    String mailbox,
    String domain,
    SortedMap<String, Instant> logins,
    SortedMap<String, Instant> deliveries) {

  public LastLogin {
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(domain, "domain");
    logins = Collections.unmodifiableSortedMap(new TreeMap<>(logins));
    deliveries = Collections.unmodifiableSortedMap(new TreeMap<>(deliveries));
  }

  /**
   * A mailbox with the times that it has, sorted into logins and deliveries by the fields that they
   * are in.
   */
  public static LastLogin of(
      String mailbox, String domain, Map<String, Instant> times, ServiceFields fields) {
    SortedMap<String, Instant> logins = new TreeMap<>(times);
    logins.keySet().retainAll(fields.logins());
    SortedMap<String, Instant> deliveries = new TreeMap<>(times);
    deliveries.keySet().retainAll(fields.deliveries());
    return new LastLogin(mailbox, domain, logins, deliveries);
  }

  /** When somebody last logged in, by whichever service. */
  public Optional<Instant> latestLogin() {
    return logins.values().stream().max(Instant::compareTo);
  }

  /** When mail last reached the mailbox. */
  public Optional<Instant> latestDelivery() {
    return deliveries.values().stream().max(Instant::compareTo);
  }

  /** The time in a field, of logins or deliveries. */
  public Optional<Instant> at(String field) {
    Instant login = logins.get(field);
    return Optional.ofNullable(login != null ? login : deliveries.get(field));
  }
}

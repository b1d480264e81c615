package org.lastlogin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps, for every mailbox, when it was last used.
 *
 * <p>The names of mailboxes and domains are taken as they are: a caller that wants them in lower
 * case writes them so. Methods block until they are done, and throw a {@link
 * LastLoginStoreException} if the store cannot be reached or refuses.
 *
 * <p>Implementations are safe for use by any number of threads.
 */
public interface LastLoginStore {

  /**
   * Records events, all or none. A time replaces only an older one, so that an event that comes
   * late or twice does no harm.
   *
   * @throws IllegalArgumentException if the store does not know the service of an event, or its
   *     {@link TimePolicy} refuses the time; nothing is recorded then
   */
  void record(Collection<LoginEvent> events);

  /**
   * Records one event.
   *
   * @throws IllegalArgumentException if the store does not know its service, or its {@link
   *     TimePolicy} refuses the time
   */
  default void record(LoginEvent event) {
    record(List.of(event));
  }

  /** Returns when a mailbox was last used; empty if no time is known. */
  Optional<LastLogin> find(String mailbox);

  /**
   * Returns what {@link #find} finds for each of the given mailboxes, by the name that was asked
   * for; mailboxes for which it finds nothing are left out.
   *
   * <p>Where the store does not tell upper from lower case, several names may have the same value,
   * whose {@link LastLogin#mailbox()} is spelt as in the store.
   */
  Map<String, LastLogin> findAll(Collection<String> mailboxes);

  /**
   * A page of the mailboxes of a domain, in the order of their names.
   *
   * @param domain the domain
   * @param after the name after which the page begins: the last one of the page before, or empty
   *     for the first page
   * @param limit how many mailboxes the page has at most; at least 1
   * @throws IllegalArgumentException if the limit is less than 1
   */
  List<LastLogin> list(String domain, String after, int limit);

  /** All mailboxes of a domain, in the order of their names. */
  default List<LastLogin> list(String domain) {
    return list(domain, "", Integer.MAX_VALUE);
  }

  /**
   * Forgets a mailbox.
   *
   * @return whether there was anything to forget
   */
  boolean delete(String mailbox);
}

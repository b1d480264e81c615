package org.lastlogin.storemocking;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;

/** Reports unused mailboxes for an admin panel. */
final class InactiveMailboxes {
  private final LastLoginStore store;
  private final InstantSource clock;

  InactiveMailboxes(LastLoginStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Returns the lines of the report, one for each mailbox without a login for this time. Delivered
   * mail alone does not make a mailbox active.
   */
  List<String> report(Collection<String> mailboxes, Duration time) {
    Map<String, LastLogin> known;
    try {
      known = store.findAll(mailboxes);
    } catch (LastLoginStoreException e) {
      // Neither an empty report nor one of all mailboxes, because an admin may delete what it
      // lists.
      return List.of("Unknown at the moment: " + e.getMessage());
    }
    Instant limit = clock.instant().minus(time);
    return mailboxes.stream().flatMap(name -> line(name, known, limit).stream()).toList();
  }

  private static Optional<String> line(
      String mailbox, Map<String, LastLogin> known, Instant limit) {
    Optional<Instant> login =
        Optional.ofNullable(known.get(mailbox)).flatMap(LastLogin::latestLogin);
    return login.isEmpty()
        ? Optional.of(mailbox + ": never used")
        : login.filter(limit::isAfter).map(time -> mailbox + ": last used " + time);
  }
}

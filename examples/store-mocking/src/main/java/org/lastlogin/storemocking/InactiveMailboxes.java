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

/** An admin panel's report of mailboxes that nobody uses any more. */
final class InactiveMailboxes {
  private final LastLoginStore store;
  private final InstantSource clock;

  InactiveMailboxes(LastLoginStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The lines of the report, one for each mailbox without a login for some time. Mail that only
   * reaches a mailbox does not make it an active one.
   */
  List<String> report(Collection<String> mailboxes, Duration time) {
    Map<String, LastLogin> known;
    try {
      known = store.findAll(mailboxes);
    } catch (LastLoginStoreException e) {
      // Not an empty report, and not one of all mailboxes: somebody may delete what it names.
      return List.of("Not known at the moment: " + e.getMessage());
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

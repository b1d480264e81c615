package org.lastlogin.storemocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.testing.FaultyLastLoginStore;

/** Shows how to test a panel without a database: its store is in memory and fails on demand. */
class InactiveMailboxesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration A_YEAR = Duration.ofDays(365);
  private static final List<String> MAILBOXES =
      List.of("alice@example.com", "bob@example.com", "carol@example.com");

  /** A real implementation of the interface, not a mock: it returns what was recorded. */
  private final LastLoginStore store = new InMemoryLastLoginStore();

  /** The same store with failures on demand. */
  private final FaultyLastLoginStore faulty = new FaultyLastLoginStore(store);

  private final InactiveMailboxes panel = new InactiveMailboxes(faulty, InstantSource.fixed(NOW));

  @Test
  void namesMailboxesUnusedForAYear() {
    store.record(LoginEvent.of("imap", "alice@example.com", NOW.minus(Duration.ofDays(3))));
    store.record(LoginEvent.of("pop3", "bob@example.com", Instant.parse("2024-12-24T08:00:00Z")));

    assertThat(panel.report(MAILBOXES, A_YEAR))
        .containsExactly(
            "bob@example.com: last used 2024-12-24T08:00:00Z", "carol@example.com: never used");
  }

  @Test
  void doesNotTakeADeliveryForAUse() {
    store.record(LoginEvent.of("lmtp", "carol@example.com", NOW));

    assertThat(panel.report(List.of("carol@example.com"), A_YEAR))
        .containsExactly("carol@example.com: never used");
  }

  @Test
  void namesNobodyWhileTheStoreFails() {
    faulty.fail(new LastLoginStoreException("Cannot reach the database", null));
    assertThat(panel.report(MAILBOXES, A_YEAR))
        .containsExactly("Unknown at the moment: Cannot reach the database");

    faulty.heal();
    assertThat(panel.report(MAILBOXES, A_YEAR)).hasSize(3);
  }
}

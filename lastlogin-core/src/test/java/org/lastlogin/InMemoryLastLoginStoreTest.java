package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lastlogin.contract.LastLoginStoreContract;

class InMemoryLastLoginStoreTest extends LastLoginStoreContract {

  @Override
  protected LastLoginStore newStore() {
    return new InMemoryLastLoginStore();
  }

  @Override
  protected Optional<LastLoginStore> newStore(TimePolicy times) {
    return Optional.of(new InMemoryLastLoginStore(ServiceFields.DEFAULT, Precision.SECONDS, times));
  }

  @Test
  void cutsTimesToItsPrecision() {
    LastLoginStore store =
        new InMemoryLastLoginStore(ServiceFields.DEFAULT, Precision.MILLISECONDS);
    store.record(LoginEvent.of("imap", "a@b", Instant.parse("2026-01-01T00:00:00.123456789Z")));

    assertThat(store.find("a@b").flatMap(login -> login.at("imap")))
        .contains(Instant.parse("2026-01-01T00:00:00.123Z"));
  }

  @Test
  void whatWasFoundDoesNotChangeLater() {
    LastLoginStore store = newStore();
    store.record(LoginEvent.of("imap", "a@b", Instant.ofEpochSecond(1)));
    LastLogin before = store.find("a@b").orElseThrow();
    store.record(LoginEvent.of("imap", "a@b", Instant.ofEpochSecond(2)));

    assertThat(before.at("imap")).contains(Instant.ofEpochSecond(1));
  }
}

package org.lastlogin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.contract.LastLoginStoreContract;

/** In order it is like any other store. */
class FaultyLastLoginStoreTest extends LastLoginStoreContract {
  private final FaultyLastLoginStore faulty =
      new FaultyLastLoginStore(new InMemoryLastLoginStore());

  @Override
  protected LastLoginStore newStore() {
    return faulty;
  }

  @Test
  void throwsWhileItIsOutOfOrder() {
    LastLoginStoreException down = new LastLoginStoreException("down", null);
    LoginEvent event = LoginEvent.of("imap", "alice@example.com", Instant.EPOCH);
    faulty.fail(down);
    assertThatThrownBy(() -> faulty.record(event)).isSameAs(down);
    assertThatThrownBy(() -> faulty.find("alice@example.com")).isSameAs(down);
    faulty.heal();
    assertThat(faulty.find("alice@example.com")).isEmpty();
  }
}

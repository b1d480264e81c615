package org.lastlogin.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;

/**
 * A store in front of another one that can be out of order while a test wants it to be. Safe for
 * use by any number of threads.
 */
public final class FaultyLastLoginStore implements LastLoginStore {
  private final LastLoginStore store;
  private volatile LastLoginStoreException failure;

  /** A store that works. */
  public FaultyLastLoginStore(LastLoginStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /** From now on every call throws this. */
  public void fail(LastLoginStoreException why) {
    failure = Objects.requireNonNull(why, "why");
  }

  /** From now on it works again. */
  public void heal() {
    failure = null;
  }

  private LastLoginStore working() {
    LastLoginStoreException why = failure;
    if (why != null) {
      throw why;
    }
    return store;
  }

  @Override
  public void record(Collection<LoginEvent> events) {
    working().record(events);
  }

  @Override
  public Optional<LastLogin> find(String mailbox) {
    return working().find(mailbox);
  }

  @Override
  public Map<String, LastLogin> findAll(Collection<String> mailboxes) {
    return working().findAll(mailboxes);
  }

  @Override
  public List<LastLogin> list(String domain, String after, int limit) {
    return working().list(domain, after, limit);
  }

  @Override
  public boolean delete(String mailbox) {
    return working().delete(mailbox);
  }
}

package com.example.core;

import java.time.Instant;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStore;
import org.lastlogin.LoginEvent;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Uses the store in memory and the key matcher. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
    LastLoginStore store = new InMemoryLastLoginStore();
    store.record(LoginEvent.of("imap", "alice@example.com", newYear));
    if (!store.find("alice@example.com").flatMap(LastLogin::latestLogin).orElseThrow().equals(newYear)) {
      throw new AssertionError("The login is not in the store");
    }
    DictMaps maps =
        DictMaps.of(
            DictMap.builder("shared/last-login/imap/$user", "last_login")
                .valueField("imap", ValueType.UINT)
                .keyField("username", "user")
                .build());
    // Its return type is annotated: reading it needs JSpecify's module at compile time.
    if (maps.match("shared/last-login/imap/alice") == null) {
      throw new AssertionError("The key matches no map");
    }
  }
}

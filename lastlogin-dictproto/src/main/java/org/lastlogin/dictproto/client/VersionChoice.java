package org.lastlogin.dictproto.client;

import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictVersion;

/**
 * Chooses the version that a client speaks: the configured one, or the newest that the server
 * accepts. A server never answers HELLO: if it does not know the version, it closes the connection.
 * The oldest version is tried last: Dovecot 2.2.22 accepts any minor version, but its answers have
 * no numbers. Used by the client's event loop alone, except {@link #known}.
 */
final class VersionChoice {
  private final @Nullable DictVersion configured;
  private volatile @Nullable DictVersion learned;
  private int candidate;

  VersionChoice(@Nullable DictVersion configured) {
    this.configured = configured;
  }

  /** Returns the version that is spoken, or {@code null} if it must be found out. */
  @Nullable DictVersion known() {
    return configured != null ? configured : learned;
  }

  /** Returns the version to try. */
  DictVersion candidate() {
    DictVersion version = known();
    return version != null ? version : DictVersion.NEWEST_FIRST.get(candidate);
  }

  /** Notes that the server answered in the version that was tried. */
  void accepted(DictVersion version) {
    learned = version;
    candidate = 0;
  }

  /** Notes that the server refused the candidate; returns whether there is another. */
  boolean refused() {
    candidate = (candidate + 1) % DictVersion.NEWEST_FIRST.size();
    return candidate != 0;
  }

  /** Forgets the version, as the server may have changed. */
  void forget() {
    learned = null;
    candidate = 0;
  }
}

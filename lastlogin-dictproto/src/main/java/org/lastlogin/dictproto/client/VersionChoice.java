package org.lastlogin.dictproto.client;

import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictVersion;

/**
 * Which version a client speaks: the one that it was told, or the newest that the server does not
 * refuse. A server says nothing about HELLO: if it does not know the version, it closes the
 * connection. Used by the client's event loop alone, but for {@link #known}.
 */
final class VersionChoice {
  private final @Nullable DictVersion told;
  private volatile @Nullable DictVersion learned;
  private int candidate;

  VersionChoice(@Nullable DictVersion told) {
    this.told = told;
  }

  /** The version that is spoken, or {@code null} if that has to be found out. */
  @Nullable DictVersion known() {
    return told != null ? told : learned;
  }

  /** The version to try. */
  DictVersion candidate() {
    DictVersion version = known();
    return version != null ? version : DictVersion.NEWEST_FIRST.get(candidate);
  }

  /** The server has answered in the version that was tried. */
  void accepted(DictVersion version) {
    learned = version;
    candidate = 0;
  }

  /** The server has refused the candidate; says whether there is another. */
  boolean refused() {
    candidate = (candidate + 1) % DictVersion.NEWEST_FIRST.size();
    return candidate != 0;
  }

  /** The server may be another one by now. */
  void forget() {
    learned = null;
    candidate = 0;
  }
}

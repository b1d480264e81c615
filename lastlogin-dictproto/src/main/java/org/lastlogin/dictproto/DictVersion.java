package org.lastlogin.dictproto;

import static org.lastlogin.dictproto.Capability.ALL_ESCAPES;
import static org.lastlogin.dictproto.Capability.APPEND;
import static org.lastlogin.dictproto.Capability.ASYNC_COMMIT;
import static org.lastlogin.dictproto.Capability.ASYNC_REPLIES;
import static org.lastlogin.dictproto.Capability.ERROR_TEXTS;
import static org.lastlogin.dictproto.Capability.EXPIRY;
import static org.lastlogin.dictproto.Capability.HIDDEN_VALUES;
import static org.lastlogin.dictproto.Capability.ROW_LIMIT;
import static org.lastlogin.dictproto.Capability.SEVERAL_ROW_VALUES;
import static org.lastlogin.dictproto.Capability.SEVERAL_VALUES;
import static org.lastlogin.dictproto.Capability.TIMESTAMPS;
import static org.lastlogin.dictproto.Capability.TIMINGS;
import static org.lastlogin.dictproto.Capability.USER_PER_COMMAND;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version of the protocol: a set of {@linkplain Capability capabilities}. Immutable.
 *
 * <p>A client announces its version in HELLO, and both sides use it. An unknown higher minor
 * version is treated as the highest known one. Then fields after the known ones are ignored; in a
 * known version they are an error. No code compares the numbers: only this class knows which
 * release has which capability.
 */
public final class DictVersion {
  /** Spoken by Dovecot 2.2.0 to 2.2.26. */
  public static final DictVersion V2_0 = new DictVersion(2, 0, EnumSet.of(ASYNC_COMMIT, APPEND));

  /** Spoken by Dovecot 2.2.27. */
  public static final DictVersion V2_1 =
      V2_0.with(2, 1, EnumSet.of(ASYNC_REPLIES, TIMINGS, ERROR_TEXTS, ALL_ESCAPES, ROW_LIMIT));

  /** Spoken by Dovecot 2.2.28 to 2.3.16. */
  public static final DictVersion V2_2 = V2_1.with(2, 2, EnumSet.of(SEVERAL_VALUES, TIMESTAMPS));

  /** Spoken by Dovecot 2.3.17 to 2.3.21. */
  public static final DictVersion V3_2 =
      V2_2.without(APPEND).with(3, 2, EnumSet.of(USER_PER_COMMAND, SEVERAL_ROW_VALUES));

  /** Spoken by Dovecot 2.4. */
  public static final DictVersion V4_0 =
      V3_2.without(ASYNC_COMMIT).with(4, 0, EnumSet.of(EXPIRY, HIDDEN_VALUES));

  /** All versions that are known here, newest first. */
  public static final List<DictVersion> NEWEST_FIRST = List.of(V4_0, V3_2, V2_2, V2_1, V2_0);

  private final int major;
  private final int minor;
  private final Set<Capability> capabilities;

  /** The same, one bit each, since every message needs them. */
  private final int bits;

  private DictVersion(int major, int minor, Set<Capability> capabilities) {
    this.major = major;
    this.minor = minor;
    this.capabilities = capabilities;
    this.bits = capabilities.stream().mapToInt(Capability::bit).sum();
  }

  private DictVersion with(int newMajor, int newMinor, Set<Capability> more) {
    Set<Capability> union = EnumSet.copyOf(capabilities);
    union.addAll(more);
    return new DictVersion(newMajor, newMinor, union);
  }

  private DictVersion without(Capability capability) {
    Set<Capability> fewer = EnumSet.copyOf(capabilities);
    fewer.remove(capability);
    return new DictVersion(major, minor, fewer);
  }

  /**
   * Returns the version that a HELLO announces.
   *
   * @throws DictProtocolException if the major version is unknown
   */
  public static DictVersion of(long major, long minor) {
    DictVersion oldest = null;
    for (DictVersion known : NEWEST_FIRST) {
      if (known.major == major) {
        if (known.minor <= minor) {
          return known;
        }
        oldest = known;
      }
    }
    if (oldest != null) {
      return oldest;
    }
    throw new DictProtocolException(
        "HELLO announces protocol version "
            + major
            + "."
            + minor
            + "; versions 2, 3 and 4 are spoken here");
  }

  /** Returns whether this version has a capability. */
  public boolean has(Capability capability) {
    return (bits & capability.bit()) != 0;
  }

  /** Returns the first number of the version. */
  public int major() {
    return major;
  }

  /** Returns the second number of the version. */
  public int minor() {
    return minor;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DictVersion that && major == that.major && minor == that.minor;
  }

  @Override
  public int hashCode() {
    return major * 31 + minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

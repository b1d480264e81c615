package org.lastlogin.jdbc.group;

import java.util.OptionalInt;
import org.lastlogin.dict.DictException;

/**
 * The failure of a group: nothing of it was done, or the outcome is unknown. Its kind says what may
 * help.
 */
public final class GroupFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of a failure. */
  public enum Kind {
    /** One of the items is to blame. Without it, the others can be written. */
    REFUSED,
    /** One of the items waits for something, such as another session's lock. */
    BUSY,
    /** Bad luck, such as a deadlock or a connection that broke: the same may work the next time. */
    TRANSIENT,
    /**
     * Like {@link #TRANSIENT}, but the outcome is unknown: only repeatable items are tried again.
     */
    UNCERTAIN,
    /** The same would happen to every item, now and for a while. */
    HOPELESS
  }

  private final DictException reason;
  private final Kind kind;
  private final int culprit;

  /** Creates a failure whose item to blame is unknown. */
  public GroupFailure(DictException reason, Kind kind) {
    this(reason, kind, -1);
  }

  /**
   * A failure.
   *
   * @param culprit the item that is to blame, counted from 0; negative if unknown
   */
  public GroupFailure(DictException reason, Kind kind, int culprit) {
    super(reason.getMessage(), reason);
    this.reason = reason;
    this.kind = kind;
    this.culprit = culprit;
  }

  DictException reason() {
    return reason;
  }

  Kind kind() {
    return kind;
  }

  /** Returns the item that is to blame, counted from 0, if it is known. */
  OptionalInt culprit() {
    return culprit < 0 ? OptionalInt.empty() : OptionalInt.of(culprit);
  }
}

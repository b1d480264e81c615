package org.lastlogin.map;

/** A pattern that cannot be read. */
public final class KeyPatternException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int index;

  KeyPatternException(String message, int index) {
    super(message);
    this.index = index;
  }

  /** Returns where in the pattern the error begins, counted in characters from 0. */
  public int index() {
    return index;
  }
}

package org.lastlogin.dictd;

/** What the program's exit status means; the numbers are those of sysexits.h. */
final class ExitStatus {
  /** All went well. */
  static final int OK = 0;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /**
   * Something that is needed is not there: an address to listen at or, for a check, the database.
   */
  static final int UNAVAILABLE = 69;

  /** A configuration file is wrong. */
  static final int CONFIG = 78;

  private ExitStatus() {}
}

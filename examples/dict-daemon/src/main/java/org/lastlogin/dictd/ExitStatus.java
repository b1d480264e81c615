package org.lastlogin.dictd;

/** What the program's exit status means; the numbers from 64 on are those of sysexits.h. */
final class ExitStatus {
  /** All went well. */
  static final int OK = 0;

  /** There are doubtful things in files, or in tables, that were checked, but no mistakes. */
  static final int WARNINGS = 1;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** There is no such key in the dict; doveadm has the same number for it. */
  static final int NOT_FOUND = 68;

  /**
   * Something that is needed is not there: an address to listen at or, for a check, the database.
   */
  static final int UNAVAILABLE = 69;

  /** A defect of the program. */
  static final int DEFECT = 70;

  /** The dict server could not be reached, or has failed, and may do better later. */
  static final int FAILED = 75;

  /** A configuration file is wrong, or tables are not as it has them. */
  static final int CONFIG = 78;

  private ExitStatus() {}
}

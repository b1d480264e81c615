package org.lastlogin.dictd;

/**
 * Exit statuses of the program; the numbers from 64 on are those of sysexits.h. With 69 the
 * configuration is not at fault; a table that is missing or does not fit is 78, because it
 * contradicts the configuration. A defect is 70, because 1, the status of an uncaught exception,
 * means warnings.
 */
final class ExitStatus {
  /** Success. */
  static final int OK = 0;

  /** Checked files or tables have warnings but no errors. */
  static final int WARNINGS = 1;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** The key does not exist in the dict; doveadm exits with the same number. */
  static final int NOT_FOUND = 68;

  /** An address to listen at, or for a check the database, is not available. */
  static final int UNAVAILABLE = 69;

  /** A defect of the program. */
  static final int DEFECT = 70;

  /** The dict server cannot be reached, or has failed; a later attempt may succeed. */
  static final int FAILED = 75;

  /** A configuration file has errors, or a table does not fit it. */
  static final int CONFIG = 78;

  private ExitStatus() {}
}

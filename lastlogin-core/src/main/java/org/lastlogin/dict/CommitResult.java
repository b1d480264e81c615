package org.lastlogin.dict;

/**
 * The result of a commit that did not fail. A failure is an exception in the stage, because callers
 * easily ignore a result that they must inspect; an {@link UncertainCommitException} is an unknown
 * outcome.
 */
public enum CommitResult {
  /** All of the transaction is applied and durable. */
  COMMITTED,
  /**
   * A key that was to be incremented or appended to does not exist; nothing of the transaction was
   * applied.
   */
  NOT_FOUND
}

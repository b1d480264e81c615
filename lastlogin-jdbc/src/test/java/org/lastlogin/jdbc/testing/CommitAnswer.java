package org.lastlogin.jdbc.testing;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;

/** The answer of a commit. */
public enum CommitAnswer {
  /** O: it is made. */
  COMMITTED,
  /** N: it is not made, as a key that was to be incremented is not there. */
  NOT_FOUND,
  /** F: it is not made. */
  FAILED,
  /** W, or a connection that closed: it may be made or not. */
  UNKNOWN;

  /** Waits for the answer of a dict; fails if it is none that a dict may give. */
  public static CommitAnswer of(CompletionStage<CommitResult> commit) {
    try {
      return commit.toCompletableFuture().join() == CommitResult.COMMITTED ? COMMITTED : NOT_FOUND;
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof UncertainCommitException) {
        return UNKNOWN;
      }
      if (e.getCause() instanceof DictException) {
        return FAILED;
      }
      throw e;
    }
  }
}

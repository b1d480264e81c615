package org.lastlogin.dict;

/**
 * A commit whose outcome is unknown: the connection broke, or time ran out, while it was under way.
 */
public final class UncertainCommitException extends DictException {
  private static final long serialVersionUID = 1L;

  public UncertainCommitException(String message) {
    super(message);
  }

  public UncertainCommitException(String message, Throwable cause) {
    super(message, cause);
  }
}

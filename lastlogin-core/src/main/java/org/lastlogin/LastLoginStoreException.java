package org.lastlogin;

/**
 * Thrown when a store cannot do what it was asked. Its message names what was asked and the cause,
 * and holds no secret.
 */
public final class LastLoginStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LastLoginStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.lastlogin.dict;

/**
 * Thrown when a dict cannot do what it was asked. Its message is sent to the peer that asked, so it
 * names the key and the cause and never holds a secret.
 */
public class DictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DictException(String message) {
    super(message);
  }

  public DictException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.lastlogin.dictproto;

/**
 * Thrown when the peer violates the protocol. The message names the problem and, where there is
 * one, the field. The connection cannot be used any further. Immutable.
 */
public final class DictProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DictProtocolException(String message) {
    super(message);
  }
}

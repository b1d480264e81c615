package org.lastlogin.dictproto;

/**
 * The peer did not keep to the protocol. Its message names what is wrong and, where there is one,
 * the field; the connection cannot be used any further. Immutable.
 */
public final class DictProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DictProtocolException(String message) {
    super(message);
  }
}

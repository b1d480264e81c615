package org.lastlogin.dict;

/**
 * A value that its key's type does not allow, such as text where a number is due. The message is
 * the one that Dovecot 2.3.14 and newer give.
 */
public final class InvalidValueException extends DictException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String value;
  private final String reason;

  /**
   * Creates it.
   *
   * @param fields how many fields the write had that failed because of this value
   * @param key the key that was to be set
   * @param value what it was to be set to
   * @param reason what is wrong with the value
   */
  public InvalidValueException(int fields, String key, String value, String reason) {
    super("dict-sql: Failed to set " + fields + " fields (first " + key + "): " + reason);
    this.key = key;
    this.value = value;
    this.reason = reason;
  }

  /** The key that was to be set. */
  public String key() {
    return key;
  }

  /** Returns what it was to be set to. */
  public String value() {
    return value;
  }

  /** Returns what is wrong with the value. */
  public String reason() {
    return reason;
  }
}

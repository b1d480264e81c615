package org.lastlogin.dictproto;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of commands, and with them the rules of a connection: which command may be sent when,
 * what it does to its transaction, and how it is answered. Client and server follow this one table
 * through {@link DictConversation}. Immutable.
 */
public enum CommandType {
  //            wire  name                needs                    transaction            answer
  /** The first command of a connection, and only the first. */
  HELLO('H', "HELLO", null, TransactionEffect.NONE, null),
  /** Looks a key up. */
  LOOKUP('L', "LOOKUP", null, TransactionEffect.NONE, AnswerType.LOOKUP),
  /** Asks for the rows below a path. */
  ITERATE('I', "ITERATE", null, TransactionEffect.NONE, AnswerType.ITERATION),
  /** Opens a transaction. */
  BEGIN('B', "BEGIN", null, TransactionEffect.OPENS, null),
  /** Gives a key a value. */
  SET('S', "SET", null, TransactionEffect.FILLS, null),
  /** Removes a key. */
  UNSET('U', "UNSET", null, TransactionEffect.FILLS, null),
  /** Adds to the number under a key. */
  INCREMENT('A', "ATOMIC_INC", null, TransactionEffect.FILLS, null),
  /** Appends to the value of a key. */
  APPEND('P', "APPEND", Capability.APPEND, TransactionEffect.FILLS, null),
  /** States the time of the write. */
  TIMESTAMP('T', "TIMESTAMP", null, TransactionEffect.FILLS, null),
  /** States whether values must not be logged. */
  HIDE_VALUES('V', "HIDE_LOG_VALUES", null, TransactionEffect.FILLS, null),
  /** Makes the changes of a transaction. */
  COMMIT('C', "COMMIT", null, TransactionEffect.ENDS, AnswerType.COMMIT),
  /** The same, with an answer that is marked. */
  COMMIT_ASYNC(
      'D', "COMMIT_ASYNC", Capability.ASYNC_COMMIT, TransactionEffect.ENDS, AnswerType.COMMIT),
  /** Forgets a transaction. */
  ROLLBACK('R', "ROLLBACK", null, TransactionEffect.ENDS, null);

  private static final @Nullable CommandType[] BY_WIRE = new CommandType[128];

  static {
    for (CommandType type : values()) {
      BY_WIRE[type.wire] = type;
    }
  }

  private final char wire;
  private final String protocolName;
  private final @Nullable Capability needs;
  private final TransactionEffect effect;
  private final @Nullable AnswerType answer;

  CommandType(
      char wire,
      String protocolName,
      @Nullable Capability needs,
      TransactionEffect effect,
      @Nullable AnswerType answer) {
    this.wire = wire;
    this.protocolName = protocolName;
    this.needs = needs;
    this.effect = effect;
    this.answer = answer;
  }

  /** The type that a line's first byte names, or {@code null} if there is none. */
  static @Nullable CommandType of(byte wire) {
    return wire < 0 ? null : BY_WIRE[wire];
  }

  /** The byte with which its lines begin. */
  public char wire() {
    return wire;
  }

  /** Its name as Dovecot's source has it, without prefix, for messages. */
  public String protocolName() {
    return protocolName;
  }

  /** How it is answered, or {@code null} if it is not. */
  public @Nullable AnswerType answer() {
    return answer;
  }

  /** What it does to the transaction that it names. */
  TransactionEffect effect() {
    return effect;
  }

  /** Whether a version has such commands. */
  public boolean isIn(DictVersion version) {
    return needs == null || version.has(needs);
  }

  /**
   * Returns why such a command may not be sent now; {@code null} if it may.
   *
   * @param version the version of the connection, or {@code null} before HELLO
   */
  @Nullable String problem(@Nullable DictVersion version) {
    if (version == null) {
      return this == HELLO ? null : "The first command is '" + wire + "', not HELLO";
    }
    if (this == HELLO) {
      return "HELLO came twice";
    }
    return isIn(version) ? null : "There is no command '" + wire + "' in version " + version;
  }
}

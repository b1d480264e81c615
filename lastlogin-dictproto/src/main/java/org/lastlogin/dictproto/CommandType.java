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
  /** Sets the value of a key. */
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
  /** Commits a transaction. */
  COMMIT('C', "COMMIT", null, TransactionEffect.ENDS, AnswerType.COMMIT),
  /** Commits a transaction, and gets a marked answer. */
  COMMIT_ASYNC(
      'D', "COMMIT_ASYNC", Capability.ASYNC_COMMIT, TransactionEffect.ENDS, AnswerType.COMMIT),
  /** Drops a transaction. */
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

  /** Returns the type with a wire byte, or {@code null} if there is none. */
  static @Nullable CommandType of(byte wire) {
    return wire < 0 ? null : BY_WIRE[wire];
  }

  /** Returns the byte with which its lines begin. */
  public char wire() {
    return wire;
  }

  /** Returns its name in Dovecot's source, without prefix, for messages. */
  public String protocolName() {
    return protocolName;
  }

  /** Returns the type of its answer, or {@code null} if it has none. */
  public @Nullable AnswerType answer() {
    return answer;
  }

  /** Returns its effect on the transaction that it names. */
  TransactionEffect effect() {
    return effect;
  }

  /** Returns whether a version has such commands. */
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

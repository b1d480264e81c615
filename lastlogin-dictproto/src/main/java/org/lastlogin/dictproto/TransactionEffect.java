package org.lastlogin.dictproto;

import org.jspecify.annotations.Nullable;

/** The effect of a command on the transaction whose number it carries. */
enum TransactionEffect {
  /** It carries none. */
  NONE,
  /** The number must be free; the transaction is open afterwards. */
  OPENS,
  /** The transaction must be open, and stays so. */
  FILLS,
  /** The transaction must be open; the number is free afterwards, even if an answer is due. */
  ENDS;

  /** Returns why a command may not have this effect; {@code null} if it may. */
  @Nullable String problem(CommandType type, long id, boolean open) {
    if (this == OPENS) {
      return open ? type.protocolName() + ": the transaction id " + id + " is in use" : null;
    }
    return open || this == NONE
        ? null
        : type.protocolName() + ": there is no open transaction with the id " + id;
  }
}

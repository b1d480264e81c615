package org.lastlogin.dictproto;

/**
 * The types of answers: which replies a command may have, and with which of them it is answered.
 */
public enum AnswerType {
  /** {@link DictReply.Found}, {@link DictReply.NotFound} or {@link DictReply.Failed}. */
  LOOKUP,
  /**
   * Any number of {@link DictReply.Row}s, then {@link DictReply.EndOfRows} or {@link
   * DictReply.Failed}.
   */
  ITERATION,
  /** {@link DictReply.Committed}. */
  COMMIT;

  /** Returns whether a reply may be part of such an answer. */
  boolean allows(DictReply reply) {
    return switch (this) {
      case LOOKUP ->
          reply instanceof DictReply.Found
              || reply instanceof DictReply.NotFound
              || reply instanceof DictReply.Failed;
      case ITERATION ->
          reply instanceof DictReply.Row
              || reply instanceof DictReply.EndOfRows
              || reply instanceof DictReply.Failed;
      case COMMIT -> reply instanceof DictReply.Committed;
    };
  }
}

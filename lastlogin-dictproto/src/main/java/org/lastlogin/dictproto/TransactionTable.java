package org.lastlogin.dictproto;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open transactions of a connection by their numbers, under the rules of {@link
 * TransactionEffect}. Not safe for use by several threads.
 */
final class TransactionTable {
  private final Side sender;
  private final int limit;
  private final Map<Long, Transaction> open = new HashMap<>();
  private @Nullable Transaction latest;

  /**
   * A table without transactions.
   *
   * @param sender who sends the commands
   * @param limit how many may be open
   */
  TransactionTable(Side sender, int limit) {
    this.sender = sender;
    this.limit = limit;
  }

  /** A transaction, with an object that the user of the conversation attaches. */
  static final class Transaction {
    @Nullable Object attachment;
  }

  /** Notes a command: opens the transaction that it names, finds it, or finds and ends it. */
  void note(TransactionCommand command) {
    Long id = command.transaction();
    TransactionEffect effect = command.type().effect();
    Transaction known = effect == TransactionEffect.ENDS ? open.remove(id) : open.get(id);
    String problem = effect.problem(command.type(), id, known != null);
    if (problem != null) {
      throw sender.broken(problem);
    }
    latest = known == null ? open(id) : known;
  }

  private Transaction open(Long id) {
    if (open.size() == limit) {
      throw sender.broken(
          "BEGIN: " + limit + " transactions are open already; no more are allowed");
    }
    Transaction opened = new Transaction();
    open.put(id, opened);
    return opened;
  }

  /** Returns the transaction of the latest command. */
  Transaction latest() {
    if (latest == null) {
      throw new IllegalStateException("No command has named a transaction yet");
    }
    return latest;
  }
}

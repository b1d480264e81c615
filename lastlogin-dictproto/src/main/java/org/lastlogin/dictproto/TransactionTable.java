package org.lastlogin.dictproto;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that are open on a connection, by their numbers, under the rules of {@link
 * TransactionEffect}. Not safe for use by several threads.
 *
 * @param <T> what this side remembers of a transaction
 */
public final class TransactionTable<T> {
  private final Side sender;
  private final int limit;
  private final Map<Long, T> open = new HashMap<>();

  /**
   * A table without transactions.
   *
   * @param sender who sends the commands
   * @param limit how many may be open
   */
  public TransactionTable(Side sender, int limit) {
    this.sender = sender;
    this.limit = limit;
  }

  /**
   * Opens a transaction.
   *
   * @param fresh makes what is to be remembered of it
   */
  public void open(TransactionCommand.Begin begin, Supplier<T> fresh) {
    Long id = begin.transaction();
    require(begin, open.containsKey(id));
    if (open.size() == limit) {
      throw sender.broken(
          "BEGIN: " + limit + " transactions are open already; no more are allowed");
    }
    open.put(id, fresh.get());
  }

  /**
   * Finds the transaction that a command adds to or ends, and in the latter case forgets it.
   *
   * @return what was remembered of it
   */
  public T find(TransactionCommand command) {
    Long id = command.transaction();
    boolean ends = command.type().effect() == TransactionEffect.ENDS;
    @Nullable T known = ends ? open.remove(id) : open.get(id);
    require(command, known != null);
    return Objects.requireNonNull(known);
  }

  private void require(TransactionCommand command, boolean isOpen) {
    CommandType type = command.type();
    String objection = type.effect().whyNot(type, command.transaction(), isOpen);
    if (objection != null) {
      throw sender.broken(objection);
    }
  }
}

package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;

/** A request to a server, used once. Not thread-safe. */
interface Request {

  /** Returns the user of the request; empty if it has none. */
  String user();

  /**
   * Returns the commands to send; the server answers only the last one.
   *
   * @param transaction an id that no other transaction of the connection has
   * @param spokenUser the user's name if commands carry it; empty if HELLO does
   */
  List<DictCommand> commands(long transaction, String spokenUser);

  /**
   * Returns why a reply is wrong, or {@code null} if it is right. Called with all replies to the
   * request but the one that confirms its receipt.
   */
  @Nullable String objection(DictReply reply);
}

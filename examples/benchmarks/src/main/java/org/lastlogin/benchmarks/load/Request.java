package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;

/** Something that is asked of a server, once. Not safe for use by several threads. */
interface Request {

  /** On whose behalf; empty if nobody's. */
  String user();

  /**
   * The commands to send, of which the last one alone is answered.
   *
   * @param transaction a number that no other transaction of the connection has
   * @param spokenUser the user's name where commands carry it; empty where HELLO has
   */
  List<DictCommand> commands(long transaction, String spokenUser);

  /**
   * What is wrong with a reply to it, or {@code null} if it is what the server has to say. All
   * replies are passed here but that it was read.
   */
  @Nullable String objection(DictReply reply);
}

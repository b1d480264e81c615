package org.lastlogin.embedding;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;

/** Answers lookups from a map, and all other commands with a failure. Immutable. */
final class MapAnswers {
  private static final String LOOKUPS_ONLY = "This dict supports only lookups";

  private final Map<String, String> values;

  MapAnswers(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Returns the answer to a command.
   *
   * @param asyncId the command's number, with which the client matches answers to commands
   */
  DictReply to(long asyncId, DictCommand command) {
    Instant start = Instant.now();
    if (!(command instanceof DictCommand.Lookup lookup)) {
      // ITERATE and COMMIT: without an answer, a client would wait for half a minute.
      return DictReply.failure(asyncId, command, LOOKUPS_ONLY, ReplyTimes.of(start, Instant.now()));
    }
    String value = values.get(lookup.key());
    ReplyTimes times = ReplyTimes.of(start, Instant.now());
    return value == null
        ? new DictReply.NotFound(asyncId, times)
        : new DictReply.Found(asyncId, List.of(value), times);
  }
}

package org.lastlogin.embedding;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;

/** What both daemons answer: lookups out of a map, and that there is nothing else. Immutable. */
final class MapAnswers {
  private static final String LOOKUPS_ALONE = "This dict can be looked up, and nothing else";

  private final Map<String, String> values;

  MapAnswers(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * The answer to a command.
   *
   * @param asyncId the command's number, by which the client knows what this answers
   */
  DictReply to(long asyncId, DictCommand command) {
    Instant start = Instant.now();
    if (!(command instanceof DictCommand.Lookup lookup)) {
      // ITERATE and COMMIT: a client that gets no answer would wait for half a minute.
      return DictReply.failure(
          asyncId, command, LOOKUPS_ALONE, ReplyTimes.of(start, Instant.now()));
    }
    String value = values.get(lookup.key());
    ReplyTimes times = ReplyTimes.of(start, Instant.now());
    return value == null
        ? new DictReply.NotFound(asyncId, times)
        : new DictReply.Found(asyncId, List.of(value), times);
  }
}

package org.lastlogin.dictproto;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictIteration;

/**
 * Decodes the bytes that a server sends into replies, however they are cut.
 *
 * <p>A reply means nothing without the command that it is for: the decoder reads the {@link
 * DictConversation} in which the client's commands are noted, and notes the replies there. After a
 * malformed line the decoder stays failed: every later call of {@link #next} throws the same error,
 * and bytes that are fed are dropped. Not safe for use by several threads.
 */
public final class DictReplyDecoder extends LineDecoder<DictReply> {
  private static final long MICROS = 1_000_000;

  private final DictConversation conversation;

  /** The type of the command that the present line answers, if it is known yet. */
  private @Nullable CommandType answered;

  private DictReplyDecoder(DictConversation conversation) {
    super(conversation.limits().replyBytes(), conversation.limits().fields());
    this.conversation = conversation;
  }

  /** Creates a decoder for one connection, which notes the replies in its conversation. */
  public static DictReplyDecoder create(DictConversation conversation) {
    return new DictReplyDecoder(conversation);
  }

  @Override
  String messageName() {
    return answered == null ? "Reply" : "Reply to " + answered.protocolName();
  }

  @Override
  DictReply decode() {
    fields.start();
    answered = null;
    DictVersion version = conversation.version();
    if (version == null) {
      throw new DictProtocolException("A reply comes before HELLO");
    }
    DictReply reply =
        version.has(Capability.ASYNC_REPLIES)
            ? decodeNumbered(version)
            : decodeBody(version, conversation.oldest());
    fields.finish();
    conversation.reply(reply);
    return reply;
  }

  private DictReply decodeNumbered(DictVersion version) {
    int letter = fields.letter("type");
    if (letter == '*') {
      return new DictReply.Accepted(fields.uint32("async id"));
    }
    if (letter != '+') {
      throw unknown(letter);
    }
    return decodeBody(version, conversation.call(fields.uint32("async id")));
  }

  private DictReply decodeBody(DictVersion version, DictConversation.Call call) {
    answered = call.command.type();
    int letter = fields.letter("type");
    if (call.answer == AnswerType.COMMIT) {
      return decodeCommit(version, call.asyncId, letter);
    }
    if (letter == 'F') {
      return decodeFailure(version, call.asyncId);
    }
    return call.command instanceof DictCommand.Iterate iterate
        ? decodeRow(version, call.asyncId, letter, iterate.flags())
        : decodeLookup(version, call.asyncId, letter);
  }

  private DictReply decodeFailure(DictVersion version, long asyncId) {
    if (version.has(Capability.ERROR_TEXTS)) {
      return new DictReply.Failed(asyncId, fields.text("error"), times(version));
    }
    requireNothing();
    return new DictReply.Failed(asyncId, "", times(version));
  }

  private DictReply decodeLookup(DictVersion version, long asyncId, int letter) {
    if (letter == 'O') {
      return new DictReply.Found(asyncId, List.of(fields.text("value")), times(version));
    }
    if (letter == 'M' && version.has(Capability.SEVERAL_VALUES)) {
      return new DictReply.Found(asyncId, fields.list("list of values"), times(version));
    }
    if (letter == 'N') {
      requireNothing();
      return new DictReply.NotFound(asyncId, times(version));
    }
    throw unknown(letter);
  }

  private DictReply decodeRow(
      DictVersion version, long asyncId, int letter, Set<DictIteration.Flag> flags) {
    if (letter < 0) {
      requireNothing();
      return new DictReply.EndOfRows(asyncId, times(version));
    }
    if (letter != 'O') {
      throw unknown(letter);
    }
    String key = fields.text("key");
    if (flags.contains(DictIteration.Flag.NO_VALUES)) {
      fields.skip();
      return new DictReply.Row(asyncId, key, List.of());
    }
    List<String> values = new ArrayList<>(1);
    do {
      values.add(fields.text("value"));
    } while (fields.hasNext() && version.has(Capability.SEVERAL_ROW_VALUES));
    return new DictReply.Row(asyncId, key, values);
  }

  private DictReply decodeCommit(DictVersion version, long asyncId, int first) {
    boolean marked = first == 'A';
    int letter = marked ? fields.letter("outcome") : first;
    DictReply.CommitOutcome outcome = DictReply.CommitOutcome.of(letter);
    boolean hasTexts = version.has(Capability.ERROR_TEXTS);
    if (outcome == null || (outcome == DictReply.CommitOutcome.UNCERTAIN && !hasTexts)) {
      throw unknown(letter);
    }
    long transaction = fields.uint32("transaction id");
    String error = outcome.hasError() && hasTexts ? fields.text("error") : "";
    return new DictReply.Committed(asyncId, transaction, marked, outcome, error, times(version));
  }

  /** Requires that the field ends after its letter. */
  private void requireNothing() {
    String more = fields.text("type");
    if (!more.isEmpty()) {
      throw fields.broken("type", "is followed by something", more);
    }
  }

  private ReplyTimes times(DictVersion version) {
    return version.has(Capability.TIMINGS)
        ? new ReplyTimes(micros("start"), micros("end"))
        : ReplyTimes.UNKNOWN;
  }

  private long micros(String which) {
    long seconds = fields.number(which + " seconds", ReplyTimes.MAX_SECOND);
    return seconds * MICROS + fields.number(which + " microseconds", MICROS - 1);
  }

  private DictProtocolException unknown(int letter) {
    return fields.broken("type", "is unknown", letter < 0 ? "" : String.valueOf((char) letter));
  }
}

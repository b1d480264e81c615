package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictIteration;

/**
 * Makes replies of the bytes that a server sends, however they are cut.
 *
 * <p>A reply means nothing without the command that it is for: the decoder reads along with the
 * {@link DictConversation} that the client's commands are noted in, and notes the replies there.
 * Once a line was found to be broken the decoder stays broken: every later call of {@link #next}
 * fails the same way, and bytes that are fed are dropped. Not safe for use by several threads.
 */
public final class DictReplyDecoder {
  private static final long MICROS = 1_000_000;

  private final DictConversation conversation;
  private final LineBuffer lines;
  private final FieldReader fields;

  /** What the present line answers, as far as is known yet. */
  private @Nullable CommandType answered;

  private @Nullable DictProtocolException failure;

  private DictReplyDecoder(DictConversation conversation, DictLimits limits) {
    this.conversation = Objects.requireNonNull(conversation, "conversation");
    this.lines = new LineBuffer(limits.replyBytes());
    this.fields = new FieldReader(lines, limits.fields(), this::kind);
  }

  /** A decoder for one connection. */
  public static DictReplyDecoder create(DictConversation conversation, DictLimits limits) {
    return new DictReplyDecoder(conversation, limits);
  }

  /** Takes all remaining bytes of a buffer. */
  public void feed(ByteBuffer more) {
    if (failure == null) {
      lines.feed(more);
    } else {
      more.position(more.limit());
    }
  }

  /** Takes all bytes of an array. */
  public void feed(byte[] more) {
    feed(more, 0, more.length);
  }

  /**
   * Takes a part of an array.
   *
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public void feed(byte[] more, int from, int count) {
    Objects.checkFromIndexSize(from, count, more.length);
    if (failure == null) {
      lines.feed(more, from, count);
    }
  }

  /**
   * The next reply, or {@code null} if more bytes are needed for it.
   *
   * @throws DictProtocolException if the line is broken or too long, or no command can have such a
   *     reply now
   */
  public @Nullable DictReply next() {
    if (failure != null) {
      throw new DictProtocolException(String.valueOf(failure.getMessage()));
    }
    try {
      if (!lines.nextLine()) {
        return null;
      }
      DictReply reply = decode();
      conversation.reply(reply);
      return reply;
    } catch (DictProtocolException e) {
      failure = e;
      lines.discard();
      throw e;
    }
  }

  private String kind() {
    return answered == null ? "Reply" : "Reply to " + answered.protocolName();
  }

  private DictReply decode() {
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
      return new DictReply.Failed(asyncId, fields.text("error"), timing(version));
    }
    requireNothing();
    return new DictReply.Failed(asyncId, "", timing(version));
  }

  private DictReply decodeLookup(DictVersion version, long asyncId, int letter) {
    if (letter == 'O') {
      return new DictReply.Found(asyncId, List.of(fields.text("value")), timing(version));
    }
    if (letter == 'M' && version.has(Capability.SEVERAL_VALUES)) {
      return new DictReply.Found(asyncId, fields.list("list of values"), timing(version));
    }
    if (letter == 'N') {
      requireNothing();
      return new DictReply.NotFound(asyncId, timing(version));
    }
    throw unknown(letter);
  }

  private DictReply decodeRow(
      DictVersion version, long asyncId, int letter, Set<DictIteration.Flag> flags) {
    if (letter < 0) {
      requireNothing();
      return new DictReply.EndOfRows(asyncId, timing(version));
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
    DictReply.Outcome outcome = DictReply.Outcome.of(letter);
    boolean hasTexts = version.has(Capability.ERROR_TEXTS);
    if (outcome == null || (outcome == DictReply.Outcome.UNCERTAIN && !hasTexts)) {
      throw unknown(letter);
    }
    long transaction = fields.uint32("transaction id");
    String error = outcome.hasError() && hasTexts ? fields.text("error") : "";
    return new DictReply.Committed(asyncId, transaction, marked, outcome, error, timing(version));
  }

  /** Behind a letter that says all, its field ends. */
  private void requireNothing() {
    String more = fields.text("type");
    if (!more.isEmpty()) {
      throw fields.broken("type", "is followed by something", more);
    }
  }

  private Timing timing(DictVersion version) {
    return version.has(Capability.TIMINGS)
        ? new Timing(micros("start"), micros("end"))
        : Timing.UNKNOWN;
  }

  private long micros(String which) {
    long seconds = fields.number(which + " seconds", Timing.MAX_SECOND);
    return seconds * MICROS + fields.number(which + " microseconds", MICROS - 1);
  }

  private DictProtocolException unknown(int letter) {
    return fields.broken("type", "is unknown", letter < 0 ? "" : String.valueOf((char) letter));
  }
}

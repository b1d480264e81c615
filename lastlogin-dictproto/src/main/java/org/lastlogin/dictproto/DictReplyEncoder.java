package org.lastlogin.dictproto;

import static org.lastlogin.dictproto.Capability.ASYNC_REPLIES;
import static org.lastlogin.dictproto.Capability.ERROR_TEXTS;
import static org.lastlogin.dictproto.Capability.SEVERAL_ROW_VALUES;
import static org.lastlogin.dictproto.Capability.SEVERAL_VALUES;
import static org.lastlogin.dictproto.Capability.TIMINGS;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Makes bytes of replies, in the protocol's version that the client announced. What a version
 * cannot express is left out. Not safe for use by several threads.
 */
public final class DictReplyEncoder {
  private final DictVersion version;
  private final DictLimits limits;
  private final FieldWriter out;

  private DictReplyEncoder(DictVersion version, DictLimits limits) {
    this.version = Objects.requireNonNull(version, "version");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.out = new FieldWriter(version, limits.replyBytes());
  }

  /**
   * An encoder for a client of a version, with the {@linkplain DictLimits#DEFAULT usual limits}.
   */
  public static DictReplyEncoder create(DictVersion version) {
    return create(version, DictLimits.DEFAULT);
  }

  /**
   * An encoder for a client of a version.
   *
   * @param limits of these, the length of a reply and the number of its fields count here
   */
  public static DictReplyEncoder create(DictVersion version, DictLimits limits) {
    return new DictReplyEncoder(version, limits);
  }

  /**
   * Appends a reply's line to the bytes that wait to be drained.
   *
   * @throws IllegalArgumentException if the client could not read it, or would read something else:
   *     a text is not Unicode, or has a NUL before {@link Capability#ALL_ESCAPES}, or a number is
   *     out of range; nothing is appended then
   */
  public void encode(DictReply reply) {
    boolean complete = false;
    try {
      encodeLine(reply);
      complete = true;
    } finally {
      if (!complete) {
        out.undoLine();
      }
    }
  }

  private void encodeLine(DictReply reply) {
    if (reply instanceof DictReply.Accepted accepted) {
      accept(accepted);
      return;
    }
    if (version.has(ASYNC_REPLIES)) {
      out.raw('+').uint32("async id", reply.asyncId()).tab();
    }
    if (reply instanceof DictReply.Committed committed) {
      commit(committed);
    } else if (reply instanceof DictReply.Found found) {
      found(found.values());
      end(found.timing());
    } else if (reply instanceof DictReply.NotFound notFound) {
      out.raw('N');
      end(notFound.timing());
    } else if (reply instanceof DictReply.Row row) {
      row(row);
    } else if (reply instanceof DictReply.EndOfRows end) {
      end(end.timing());
    } else if (reply instanceof DictReply.Failed failed) {
      out.raw('F');
      if (version.has(ERROR_TEXTS)) {
        out.escaped(failed.error());
      }
      end(failed.timing());
    }
  }

  private void accept(DictReply.Accepted accepted) {
    if (version.has(ASYNC_REPLIES)) {
      out.raw('*').uint32("async id", accepted.asyncId()).endLine();
    }
  }

  private void found(List<String> values) {
    if (values.size() == 1 || !version.has(SEVERAL_VALUES)) {
      out.raw('O').escaped(values.get(0));
      return;
    }
    // The list is one field: what separates its values is escaped like anything else in a field.
    FieldWriter list = new FieldWriter(version, limits.replyBytes());
    list.escaped(values.get(0));
    values.stream().skip(1).forEach(value -> list.tab().escaped(value));
    out.raw('M').escaped(list);
  }

  private void row(DictReply.Row row) {
    int fields = row.values().size() + 2;
    if (fields > limits.fields()) {
      throw new IllegalArgumentException(
          "A row of " + fields + " fields is too much: a client reads up to " + limits.fields());
    }
    out.raw('O').escaped(row.key());
    if (row.values().isEmpty()) {
      out.tab();
    } else if (version.has(SEVERAL_ROW_VALUES)) {
      row.values().forEach(value -> out.tab().escaped(value));
    } else {
      out.tab().escaped(row.values().get(0));
    }
    endLine();
  }

  private void commit(DictReply.Committed committed) {
    DictReply.Outcome outcome = committed.outcome();
    if (committed.marked()) {
      out.raw('A');
    }
    if (version.has(ERROR_TEXTS)) {
      out.raw(outcome.wire).uint32("transaction id", committed.transaction());
      if (outcome.hasError()) {
        out.tab().escaped(committed.error());
      }
    } else {
      // To this client an unknown outcome can only be told as a failure.
      out.raw(outcome.hasError() ? DictReply.Outcome.FAILED.wire : outcome.wire)
          .uint32("transaction id", committed.transaction());
    }
    end(committed.timing());
  }

  private void end(Timing timing) {
    if (version.has(TIMINGS)) {
      timing.encode(out);
    }
    endLine();
  }

  private void endLine() {
    if (out.lineLength() > limits.replyBytes()) {
      throw new IllegalArgumentException(
          "A reply of "
              + out.lineLength()
              + " bytes is too long: a client reads up to "
              + limits.replyBytes());
    }
    out.endLine();
  }

  /** How many bytes wait to be drained. */
  public int pendingBytes() {
    return out.length();
  }

  /**
   * The bytes of all replies since the last call. They are valid until the next reply is encoded.
   */
  public ByteBuffer drain() {
    return out.drain();
  }
}

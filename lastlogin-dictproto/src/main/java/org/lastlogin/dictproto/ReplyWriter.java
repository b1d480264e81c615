package org.lastlogin.dictproto;

import static org.lastlogin.dictproto.Capability.ASYNC_REPLIES;
import static org.lastlogin.dictproto.Capability.ERROR_TEXTS;
import static org.lastlogin.dictproto.Capability.SEVERAL_ROW_VALUES;
import static org.lastlogin.dictproto.Capability.SEVERAL_VALUES;
import static org.lastlogin.dictproto.Capability.TIMINGS;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Writes replies as lines of one version of the protocol. Not safe for use by several threads. */
final class ReplyWriter {
  private final DictVersion version;
  private final DictLimits limits;
  private final FieldWriter out;

  ReplyWriter(DictVersion version, DictLimits limits) {
    this.version = Objects.requireNonNull(version, "version");
    this.limits = limits;
    this.out = new FieldWriter(version, limits.replyBytes());
  }

  /**
   * Writes a reply's line, all but its LF.
   *
   * @return whether there is a line; the version may not have such replies
   * @throws IllegalArgumentException if the client could not read it
   */
  boolean write(DictReply reply) {
    boolean isAsync = version.has(ASYNC_REPLIES);
    if (reply instanceof DictReply.Accepted accepted) {
      if (isAsync) {
        out.raw('*').uint32("async id", accepted.asyncId());
      }
      return isAsync;
    }
    if (isAsync) {
      out.raw('+').uint32("async id", reply.asyncId()).tab();
    }
    writeBody(reply);
    requireLength();
    return true;
  }

  /** Ends the line. */
  void end() {
    out.endLine();
  }

  /** Removes what was written of the line. */
  void undo() {
    out.undoLine();
  }

  int length() {
    return out.length();
  }

  ByteBuffer drain() {
    return out.drain();
  }

  private void writeBody(DictReply reply) {
    if (reply instanceof DictReply.Committed committed) {
      commit(committed);
    } else if (reply instanceof DictReply.Found found) {
      found(found.values());
      times(found.times());
    } else if (reply instanceof DictReply.NotFound notFound) {
      out.raw('N');
      times(notFound.times());
    } else if (reply instanceof DictReply.Row row) {
      row(row);
    } else if (reply instanceof DictReply.EndOfRows end) {
      times(end.times());
    } else if (reply instanceof DictReply.Failed failed) {
      out.raw('F');
      if (version.has(ERROR_TEXTS)) {
        out.escaped(failed.error());
      }
      times(failed.times());
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
  }

  private void commit(DictReply.Committed committed) {
    DictReply.CommitOutcome outcome = committed.outcome();
    if (committed.marked()) {
      out.raw('A');
    }
    if (version.has(ERROR_TEXTS)) {
      out.raw(outcome.wire).uint32("transaction id", committed.transaction());
      if (outcome.hasError()) {
        out.tab().escaped(committed.error());
      }
    } else {
      // These versions can report an unknown outcome only as a failure.
      out.raw(outcome.hasError() ? DictReply.CommitOutcome.FAILED.wire : outcome.wire)
          .uint32("transaction id", committed.transaction());
    }
    times(committed.times());
  }

  private void times(ReplyTimes times) {
    if (version.has(TIMINGS)) {
      times.encode(out);
    }
  }

  private void requireLength() {
    if (out.lineLength() > limits.replyBytes()) {
      throw new IllegalArgumentException(
          "A reply of "
              + out.lineLength()
              + " bytes is too long: a client reads up to "
              + limits.replyBytes());
    }
  }
}

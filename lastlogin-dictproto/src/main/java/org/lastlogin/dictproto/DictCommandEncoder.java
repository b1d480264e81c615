package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Makes bytes of commands, in the version of the protocol that the client chose. What a server
 * could not read, or would read as something else, is refused. Not safe for use by several threads.
 */
public final class DictCommandEncoder {
  private final DictVersion version;
  private final DictLimits limits;
  private final FieldWriter out;

  private DictCommandEncoder(DictVersion version, DictLimits limits) {
    this.version = Objects.requireNonNull(version, "version");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.out = new FieldWriter(version, limits.lineBytes());
  }

  /**
   * An encoder for a client.
   *
   * @param version the version that its HELLO announces
   * @param limits the limits that the server is expected to have, {@link DictLimits#DEFAULT} for
   *     Dovecot's; of these, the length of a line counts here
   */
  public static DictCommandEncoder create(DictVersion version, DictLimits limits) {
    return new DictCommandEncoder(version, limits);
  }

  /** The version in which it encodes. */
  public DictVersion version() {
    return version;
  }

  /**
   * Appends a command's line to the bytes that wait to be drained.
   *
   * @throws IllegalArgumentException if the version has no such command or cannot express what it
   *     says, if a text is not Unicode, a number out of range, or the line too long; nothing is
   *     appended then
   */
  public void encode(DictCommand command) {
    CommandType type = command.type();
    if (!type.isIn(version)) {
      throw new IllegalArgumentException("Version " + version + " has no " + type.protocolName());
    }
    boolean complete = false;
    try {
      out.raw(type.wire());
      encodeFields(command);
      if (out.lineLength() > limits.lineBytes()) {
        throw new IllegalArgumentException(
            type.protocolName()
                + " takes "
                + out.lineLength()
                + " bytes; a server reads lines of up to "
                + limits.lineBytes());
      }
      complete = true;
    } finally {
      if (!complete) {
        out.undoLine();
      }
    }
    out.endLine();
  }

  /** The paths of an iteration are the only fields of which there may be many. */
  private void requireFields(DictCommand.Iterate iterate) {
    int user = version.has(Capability.USER_PER_COMMAND) ? 1 : 0;
    int fields = 2 + iterate.paths().size() + user;
    if (fields > limits.fields()) {
      throw new IllegalArgumentException(
          "ITERATE has " + fields + " fields; a server reads up to " + limits.fields());
    }
  }

  private void encodeFields(DictCommand command) {
    if (command instanceof TransactionCommand part) {
      encodePart(part);
    } else if (command instanceof DictCommand.Lookup lookup) {
      lookup.encode(out);
    } else if (command instanceof DictCommand.Iterate iterate) {
      requireFields(iterate);
      iterate.encode(out, version);
    } else if (command instanceof DictCommand.Hello hello) {
      hello.encode(out);
    }
  }

  private void encodePart(TransactionCommand command) {
    if (command instanceof TransactionCommand.Begin begin) {
      begin.encode(out, version);
    } else if (command instanceof TransactionCommand.Set set) {
      set.encode(out);
    } else if (command instanceof TransactionCommand.Unset unset) {
      unset.encode(out);
    } else if (command instanceof TransactionCommand.Increment increment) {
      increment.encode(out);
    } else if (command instanceof TransactionCommand.Append append) {
      append.encode(out);
    } else if (command instanceof TransactionCommand.Timestamp timestamp) {
      timestamp.encode(out);
    } else if (command instanceof TransactionCommand.HideValues hide) {
      hide.encode(out);
    } else {
      // COMMIT, COMMIT_ASYNC and ROLLBACK: nothing but the number.
      out.uint32("transaction id", command.transaction());
    }
  }

  /** How many bytes wait to be drained. */
  public int pendingBytes() {
    return out.length();
  }

  /**
   * The bytes of all commands since the last call. They are valid until the next command is
   * encoded.
   */
  public ByteBuffer drain() {
    return out.drain();
  }
}

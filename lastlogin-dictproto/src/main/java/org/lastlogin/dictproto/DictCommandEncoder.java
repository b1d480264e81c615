package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Makes bytes of commands, in the version of the protocol that the client chose. Not safe for use
 * by several threads.
 */
public final class DictCommandEncoder {
  private final DictVersion version;
  private final FieldWriter out = new FieldWriter();

  private DictCommandEncoder(DictVersion version) {
    this.version = version;
  }

  /** An encoder for a client that speaks a version. */
  public static DictCommandEncoder create(DictVersion version) {
    return new DictCommandEncoder(Objects.requireNonNull(version, "version"));
  }

  /**
   * Appends a command's line to the bytes that wait to be drained.
   *
   * @throws IllegalArgumentException if the version has no such command
   */
  public void encode(DictCommand command) {
    if (command instanceof TransactionCommand part) {
      encode(part);
    } else if (command instanceof DictCommand.Lookup lookup) {
      lookup.encode(out, version);
    } else if (command instanceof DictCommand.Iterate iterate) {
      iterate.encode(out, version);
    } else if (command instanceof DictCommand.Hello hello) {
      hello.encode(out);
    }
    out.endLine();
  }

  private void encode(TransactionCommand command) {
    if (command instanceof TransactionCommand.Begin begin) {
      begin.encode(out, version);
    } else if (command instanceof TransactionCommand.Set set) {
      set.encode(out);
    } else if (command instanceof TransactionCommand.Commit commit) {
      commit.encode(out);
    } else if (command instanceof TransactionCommand.Unset unset) {
      unset.encode(out);
    } else if (command instanceof TransactionCommand.Increment increment) {
      increment.encode(out);
    } else if (command instanceof TransactionCommand.Append append) {
      require(Capability.APPEND, command);
      append.encode(out);
    } else if (command instanceof TransactionCommand.Timestamp timestamp) {
      timestamp.encode(out);
    } else if (command instanceof TransactionCommand.HideValues hide) {
      hide.encode(out);
    } else if (command instanceof TransactionCommand.Rollback rollback) {
      rollback.encode(out);
    } else if (command instanceof TransactionCommand.CommitAsync commit) {
      require(Capability.ASYNC_COMMIT, command);
      commit.encode(out);
    }
  }

  private void require(Capability capability, DictCommand command) {
    if (!version.has(capability)) {
      throw new IllegalArgumentException(
          "Version " + version + " has no " + command.getClass().getSimpleName());
    }
  }

  /**
   * The bytes of all commands since the last call. They are valid until the next command is
   * encoded.
   */
  public ByteBuffer drain() {
    return out.drain();
  }
}

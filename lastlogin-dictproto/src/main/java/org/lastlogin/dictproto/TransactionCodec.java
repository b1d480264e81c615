package org.lastlogin.dictproto;

/**
 * Reads and writes the fields of {@link TransactionCommand}s: the number of the transaction, which
 * all of them have, then those of each type.
 */
final class TransactionCodec {
  private TransactionCodec() {}

  static TransactionCommand decode(CommandType type, FieldReader in, DictVersion version) {
    long id = in.uint32("transaction id");
    return switch (type) {
      case BEGIN -> new TransactionCommand.Begin(id, in.user(version), expiry(in, version));
      case SET -> new TransactionCommand.Set(id, in.text("key"), in.text("value"));
      case UNSET -> new TransactionCommand.Unset(id, in.text("key"));
      case INCREMENT ->
          new TransactionCommand.Increment(id, in.text("key"), in.signed("difference"));
      case APPEND -> new TransactionCommand.Append(id, in.text("key"), in.text("suffix"));
      case TIMESTAMP ->
          new TransactionCommand.Timestamp(id, in.unsigned("seconds"), in.uint32("nanoseconds"));
      case HIDE_VALUES -> new TransactionCommand.HideValues(id, yesOrNo(in));
      case COMMIT -> new TransactionCommand.Commit(id);
      case COMMIT_ASYNC -> new TransactionCommand.CommitAsync(id);
      case ROLLBACK -> new TransactionCommand.Rollback(id);
      case HELLO, LOOKUP, ITERATE ->
          throw new IllegalArgumentException(type + " does not belong to a transaction");
    };
  }

  private static long expiry(FieldReader in, DictVersion version) {
    return in.hasNext() && version.has(Capability.EXPIRY) ? in.uint32("expiry") : 0;
  }

  private static boolean yesOrNo(FieldReader in) {
    String answer = in.text("answer");
    return switch (answer) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw in.broken("answer", "is neither yes nor no", answer);
    };
  }

  static void encode(TransactionCommand command, FieldWriter out, DictVersion version) {
    out.uint32("transaction id", command.transaction());
    if (command instanceof TransactionCommand.Begin begin) {
      encodeBegin(begin, out, version);
    } else if (command instanceof TransactionCommand.Set set) {
      out.tab().escaped(set.key()).tab().escaped(set.value());
    } else if (command instanceof TransactionCommand.Unset unset) {
      out.tab().escaped(unset.key());
    } else if (command instanceof TransactionCommand.Increment increment) {
      out.tab().escaped(increment.key()).tab().number(increment.difference());
    } else if (command instanceof TransactionCommand.Append append) {
      out.tab().escaped(append.key()).tab().escaped(append.suffix());
    } else if (command instanceof TransactionCommand.Timestamp timestamp) {
      out.tab().unsigned("seconds", timestamp.seconds());
      out.tab().uint32("nanoseconds", timestamp.nanoseconds());
    } else if (command instanceof TransactionCommand.HideValues hide) {
      out.tab().escaped(hide.hide() ? "yes" : "no");
    }
  }

  private static void encodeBegin(
      TransactionCommand.Begin begin, FieldWriter out, DictVersion version) {
    out.user(begin.username());
    if (version.has(Capability.EXPIRY)) {
      out.tab().uint32("expiry", begin.expirySeconds());
    } else if (begin.expirySeconds() != 0) {
      throw new IllegalArgumentException("Version " + version + " has no expiry");
    }
  }
}

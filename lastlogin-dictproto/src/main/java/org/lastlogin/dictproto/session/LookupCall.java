package org.lastlogin.dictproto.session;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.input.LogText;

/** A pending lookup. To be used on the session's thread alone. */
final class LookupCall extends PendingCall<LookupResult> {
  private final Dict dict;
  private final String key;
  private final DictContext context;
  private final DictLimits limits;

  LookupCall(Receipt receipt, Dict dict, String key, DictContext context, DictLimits limits) {
    super(receipt);
    this.dict = dict;
    this.key = key;
    this.context = context;
    this.limits = limits;
  }

  @Override
  CompletionStage<LookupResult> carryOut() {
    return dict.lookup(key, context);
  }

  @Override
  DictServerObserver.Command kind() {
    return DictServerObserver.Command.LOOKUP;
  }

  @Override
  long bytes() {
    return (long) key.length() + context.username().length();
  }

  @Override
  DictReply succeeded(@Nullable LookupResult result, ReplyTimes times) {
    if (Objects.requireNonNull(result, "The dict's answer is null")
        instanceof LookupResult.Found found) {
      requireFits(found.values(), limits);
      return new DictReply.Found(receipt.asyncId(), found.values(), times);
    }
    return new DictReply.NotFound(receipt.asyncId(), times);
  }

  @Override
  String subject() {
    return LogText.shorten(key);
  }
}

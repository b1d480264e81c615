package org.lastlogin.storemocking;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;

/**
 * Counts the storage of a mail daemon's users, and decides when to warn one. It never prevents the
 * delivery of a mail.
 */
final class QuotaWarning {
  private static final String KEY = "priv/quota/storage";

  private final Dict dict;
  private final long limit;
  private final Duration timeout;

  QuotaWarning(Dict dict, long limit, Duration timeout) {
    this.dict = dict;
    this.limit = limit;
    this.timeout = timeout;
  }

  /** Counts a delivered mail; completes with whether to warn its reader. */
  CompletionStage<Boolean> delivered(String user, long bytes) {
    DictContext context = DictContext.of(user);
    return dict.commit(DictTransaction.builder(context).increment(KEY, bytes).build())
        .thenCompose(
            result ->
                result == CommitResult.COMMITTED
                    ? CompletableFuture.completedStage(result)
                    : dict.commit(firstMail(context, bytes)))
        .thenCompose(counted -> dict.lookup(KEY, context))
        .thenApply(this::isTooMuch)
        .toCompletableFuture()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        // Does not retry: the outcome of an uncertain commit is unknown.
        .exceptionally(failure -> false);
  }

  /** Returns the transaction for a key that does not exist yet, which cannot be incremented. */
  private static DictTransaction firstMail(DictContext context, long bytes) {
    return DictTransaction.builder(context).set(KEY, Long.toString(bytes)).build();
  }

  private boolean isTooMuch(LookupResult result) {
    return result instanceof LookupResult.Found found && Long.parseLong(found.value()) > limit;
  }
}

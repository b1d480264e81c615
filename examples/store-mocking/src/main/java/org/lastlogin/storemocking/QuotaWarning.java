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
 * A mail daemon's counter of what its users store, which says when one is to be warned. It never
 * keeps a mail from being delivered.
 */
final class QuotaWarning {
  private static final String KEY = "priv/quota/storage";

  private final Dict dict;
  private final long limit;
  private final Duration patience;

  QuotaWarning(Dict dict, long limit, Duration patience) {
    this.dict = dict;
    this.limit = limit;
    this.patience = patience;
  }

  /** Counts a mail that was delivered; completes with whether its reader is to be warned. */
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
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        // Nor is the count tried again: an uncertain commit may have been made.
        .exceptionally(failure -> false);
  }

  /** Only a number that is there can be added to. */
  private static DictTransaction firstMail(DictContext context, long bytes) {
    return DictTransaction.builder(context).set(KEY, Long.toString(bytes)).build();
  }

  private boolean isTooMuch(LookupResult result) {
    return result instanceof LookupResult.Found found && Long.parseLong(found.value()) > limit;
  }
}

package org.lastlogin.dict;

import java.util.concurrent.CompletionStage;

/**
 * A dictionary of string values under path-like keys, as Dovecot's components use it for quota,
 * last-login times and more.
 *
 * <p>A key begins with {@code shared/}, which everybody sees, or with {@code priv/}, which every
 * user has for themselves and which therefore needs a {@linkplain DictContext#username() user}.
 * Keys, values and user names are Unicode text; on the wire they are UTF-8.
 *
 * <p>Every method returns at once. A failure, an invalid key included, completes the returned stage
 * with a {@link DictException}, whose message may be sent to the peer; the methods themselves throw
 * only for {@code null}. Stages may complete on any thread; do not block in what depends on them.
 *
 * <p>Implementations are safe for use by any number of threads.
 */
public interface Dict extends AutoCloseable {

  /** Looks one key up. */
  CompletionStage<LookupResult> lookup(String key, DictContext context);

  /**
   * Hands the rows below a path to a consumer, one after the other, and completes after the last
   * one. When it fails, rows may have been handed over before.
   */
  CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows);

  /**
   * Applies a transaction, whole or not at all.
   *
   * <p>The stage completes normally only once the change is as durable as the dict can make it. It
   * fails with an {@link UncertainCommitException} when it is unknown whether the change was made,
   * and with any other {@link DictException} when it was not.
   */
  CompletionStage<CommitResult> commit(DictTransaction transaction);

  /**
   * Lets what is pending end, then frees what the dict holds. Calls after that fail with a {@link
   * DictException}. Closing twice does nothing.
   */
  @Override
  void close();
}

package org.lastlogin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.map.KeyPattern;

/**
 * Serves any {@link LastLoginStore} as the dict that Dovecot's last_login plugin writes to.
 *
 * <p>Its keys are {@code shared/last-login/SERVICE/MAILBOX/DOMAIN}, its values times as numbers. It
 * can set and look up keys, and iterate the services of one mailbox ({@code
 * shared/last-login/SERVICE/MAILBOX/}). A key that is set keeps the later of the time that it has
 * and the time that it is given. Safe for use by any number of threads.
 */
public final class LastLoginDict implements Dict {
  private static final KeyPattern KEYS =
      KeyPattern.parse(KeyPattern.LAST_LOGIN + "$service/$mailbox/$domain");
  private static final KeyPattern MAILBOXES =
      KeyPattern.parse(KeyPattern.LAST_LOGIN + "$service/$mailbox/");

  private final LastLoginStore store;
  private final ServiceFields fields;
  private final Precision precision;
  private final Executor executor;
  private volatile boolean closed;

  private LastLoginDict(
      LastLoginStore store, ServiceFields fields, Precision precision, Executor executor) {
    this.store = Objects.requireNonNull(store, "store");
    this.fields = Objects.requireNonNull(fields, "fields");
    this.precision = Objects.requireNonNull(precision, "precision");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /**
   * A dict over a store with the {@linkplain ServiceFields#DEFAULT usual fields}, with times in
   * seconds.
   *
   * @param store the store; closing the dict leaves it as it is
   * @param executor runs the calls to the store, which may block; {@code Runnable::run} suits a
   *     store in memory. It is not shut down by this dict.
   */
  public static LastLoginDict create(LastLoginStore store, Executor executor) {
    return create(store, ServiceFields.DEFAULT, Precision.SECONDS, executor);
  }

  /** A dict over a store with fields of its own, with times in a given precision. */
  public static LastLoginDict create(
      LastLoginStore store, ServiceFields fields, Precision precision, Executor executor) {
    return new LastLoginDict(store, fields, precision, executor);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return attempt(
        () -> {
          Target target = target("lookup", key, context);
          return store
              .find(target.mailbox)
              .filter(login -> login.domain().equals(target.domain))
              .flatMap(login -> value(login, target.field))
              .map(LookupResult::found)
              .orElse(LookupResult.notFound());
        });
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return attempt(
        () -> {
          Collection<LoginEvent> events = new ArrayList<>();
          for (DictOperation operation : transaction.operations()) {
            events.add(toEvent(operation, transaction.context()));
          }
          store.record(events);
          return CommitResult.COMMITTED;
        });
  }

  private LoginEvent toEvent(DictOperation operation, DictContext context) {
    Target target = target("set", operation.key(), context);
    if (!(operation instanceof DictOperation.Set set)) {
      throw new DictException(
          operation.key()
              + " can be set, and nothing else: a last-login store keeps the latest times");
    }
    return new LoginEvent(target.service, target.mailbox, target.domain, toTime(set));
  }

  private Instant toTime(DictOperation.Set set) {
    try {
      return precision.toTime(Long.parseLong(set.value()));
    } catch (NumberFormatException e) {
      throw invalid(set, "value isn't a 64bit number: " + set.value(), e);
    } catch (DateTimeException e) {
      throw invalid(set, "value is not a time: " + set.value(), e);
    }
  }

  private static InvalidValueException invalid(
      DictOperation.Set set, String reason, RuntimeException cause) {
    InvalidValueException invalid = new InvalidValueException(1, set.key(), set.value(), reason);
    invalid.initCause(cause);
    return invalid;
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Objects.requireNonNull(iteration, "iteration");
    Objects.requireNonNull(rows, "rows");
    return attempt(() -> select(iteration))
        .thenCompose(row -> row.isPresent() ? rows.accept(row.get()) : RowConsumer.READY);
  }

  private Optional<DictRow> select(DictIteration iteration) {
    String path = iteration.path();
    DictScope.require(path, iteration.context());
    KeyPattern pattern = iteration.has(Flag.EXACT_KEY) ? KEYS : MAILBOXES;
    List<String> parts = pattern.match(path);
    if (parts == null) {
      throw new DictException(
          "Cannot iterate " + path + ": only the path of a mailbox, " + MAILBOXES);
    }
    String service = parts.get(0);
    return store
        .find(parts.get(1))
        .filter(login -> pattern.equals(MAILBOXES) || login.domain().equals(parts.get(2)))
        .flatMap(
            login ->
                value(login, field(path, service))
                    .map(
                        value ->
                            new DictRow(
                                KeyPattern.LAST_LOGIN
                                    + service
                                    + "/"
                                    + login.mailbox()
                                    + "/"
                                    + login.domain(),
                                iteration.has(Flag.NO_VALUES) ? List.of() : List.of(value))));
  }

  private Optional<String> value(LastLogin login, String field) {
    return login.at(field).map(time -> Long.toString(precision.toNumber(time)));
  }

  private Target target(String what, String key, DictContext context) {
    DictScope.require(key, context);
    List<String> parts = KEYS.match(key);
    if (parts == null || parts.get(1).isEmpty()) {
      throw new DictException("last-login dict " + what + ": Invalid/unmapped key: " + key);
    }
    return new Target(parts.get(0), field(key, parts.get(0)), parts.get(1), parts.get(2));
  }

  private String field(String key, String service) {
    try {
      return fields.fieldOf(service);
    } catch (IllegalArgumentException e) {
      throw new DictException("Invalid/unmapped key: " + key + ": " + e.getMessage(), e);
    }
  }

  private <T> CompletableFuture<T> attempt(Supplier<T> action) {
    if (closed) {
      return CompletableFuture.failedFuture(new DictException("The dict is closed"));
    }
    try {
      return CompletableFuture.supplyAsync(() -> translateFailures(action), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new DictException("The dict's executor takes no more work", e));
    }
  }

  private static <T> T translateFailures(Supplier<T> action) {
    try {
      return action.get();
    } catch (LastLoginStoreException | IllegalArgumentException | ArithmeticException e) {
      // The latter two: a service or a time that the store does not take, and a time with too many
      // digits.
      throw new DictException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The meaning of a key: whose time, in which field. */
  private record Target(String service, String field, String mailbox, String domain) {}
}

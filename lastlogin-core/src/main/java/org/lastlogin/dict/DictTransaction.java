package org.lastlogin.dict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes that are made together: a value, collected first and then {@linkplain Dict#commit
 * committed} in one go. Immutable.
 */
public final class DictTransaction {
  private final DictContext context;
  private final List<DictOperation> operations;
  private final @Nullable Instant timestamp;
  private final Duration expiry;
  private final boolean hidingValues;

  private DictTransaction(Builder builder) {
    this.context = builder.context;
    this.operations = List.copyOf(builder.operations);
    this.timestamp = builder.timestamp;
    this.expiry = builder.expiry;
    this.hidingValues = builder.hidingValues;
  }

  /** A transaction of one operation. */
  public static DictTransaction of(DictContext context, DictOperation operation) {
    return builder(context).add(operation).build();
  }

  /** Collects a transaction. A builder is not safe for use by several threads. */
  public static Builder builder(DictContext context) {
    return new Builder(context);
  }

  /** On whose behalf it is committed. */
  public DictContext context() {
    return context;
  }

  /** The changes, in the order in which they are to be made. */
  public List<DictOperation> operations() {
    return operations;
  }

  /** The time that the client gave for its write, if it gave one. */
  public Optional<Instant> timestamp() {
    return Optional.ofNullable(timestamp);
  }

  /** After which time what is set may vanish; zero if never. */
  public Duration expiry() {
    return expiry;
  }

  /** Returns whether the values must not appear in a log. */
  public boolean hidesValues() {
    return hidingValues;
  }

  /** The keys that change, and their new values unless these are to be hidden. */
  @Override
  public String toString() {
    return hidingValues
        ? "DictTransaction" + operations.stream().map(DictOperation::key).toList()
        : "DictTransaction" + operations;
  }

  /** Collects what makes up a transaction. */
  public static final class Builder {
    private final DictContext context;
    private final List<DictOperation> operations = new ArrayList<>(2);
    private @Nullable Instant timestamp;
    private Duration expiry = Duration.ZERO;
    private boolean hidingValues;

    private Builder(DictContext context) {
      this.context = Objects.requireNonNull(context, "context");
    }

    /** Adds a change after those already there. */
    public Builder add(DictOperation operation) {
      operations.add(Objects.requireNonNull(operation, "operation"));
      return this;
    }

    /** Adds: give a key a value. */
    public Builder set(String key, String value) {
      return add(new DictOperation.Set(key, value));
    }

    /** Adds: remove a key. */
    public Builder unset(String key) {
      return add(new DictOperation.Unset(key));
    }

    /** Adds: add to the number under a key. */
    public Builder increment(String key, long difference) {
      return add(new DictOperation.Increment(key, difference));
    }

    /** Adds: add text after the value of a key. */
    public Builder append(String key, String suffix) {
      return add(new DictOperation.Append(key, suffix));
    }

    /** States the time of the write; by default there is none. */
    public Builder timestamp(Instant timestamp) {
      this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
      return this;
    }

    /**
     * States after which time what is set may vanish; by default never.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder expiry(Duration expiry) {
      if (expiry.isNegative()) {
        throw new IllegalArgumentException("The expiry is negative: " + expiry);
      }
      this.expiry = expiry;
      return this;
    }

    /** States whether the values must not appear in a log; by default they may. */
    public Builder hideValues(boolean hide) {
      this.hidingValues = hide;
      return this;
    }

    /** Returns how many changes there are so far. */
    public int size() {
      return operations.size();
    }

    /** The transaction as collected so far. */
    public DictTransaction build() {
      return new DictTransaction(this);
    }
  }
}

package org.lastlogin.dictproto.session;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.input.Durations;

/** Settings that all {@link DictSession}s of a server have in common. Immutable. */
public final class DictSessionSettings {
  private final Map<String, Dict> dicts;
  private final Duration slowCommand;
  private final DictServerObserver observer;
  private final InstantSource clock;

  private DictSessionSettings(Builder builder) {
    this.dicts = builder.dicts;
    this.slowCommand = builder.slowCommand;
    this.observer = builder.observer;
    this.clock = builder.clock;
  }

  /**
   * Returns a builder of settings.
   *
   * @param dicts the dicts that a client may choose from, by name
   */
  public static Builder builder(Map<String, Dict> dicts) {
    return new Builder(Map.copyOf(dicts));
  }

  /** Returns the dicts that a client may choose from, by name. */
  public Map<String, Dict> dicts() {
    return dicts;
  }

  /** Returns the time from which on a command is worth a warning in the log. */
  public Duration slowCommand() {
    return slowCommand;
  }

  /** Returns the observer of the sessions, which never throws. */
  public DictServerObserver observer() {
    return observer;
  }

  InstantSource clock() {
    return clock;
  }

  /** Builds settings. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, Dict> dicts;
    private Duration slowCommand = Duration.ofSeconds(5);
    private DictServerObserver observer = DictServerObserver.NONE;
    private InstantSource clock = Clock.systemUTC();

    private Builder(Map<String, Dict> dicts) {
      this.dicts = dicts;
    }

    /**
     * Sets the time from which on a command is worth a warning in the log; by default 5 s, as in
     * Dovecot.
     *
     * @throws IllegalArgumentException if it is negative, or more than 100 years
     */
    public Builder slowCommand(Duration slowCommand) {
      this.slowCommand = Durations.requireNotNegative("slowCommand", slowCommand);
      return this;
    }

    /** Sets an observer, whose exceptions are logged; by default there is none. */
    public Builder observer(DictServerObserver observer) {
      this.observer = new GuardedObserver(observer);
      return this;
    }

    /** Sets the clock for the times in replies. */
    Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Returns the settings. */
    public DictSessionSettings build() {
      return new DictSessionSettings(this);
    }
  }
}

package org.lastlogin.dictproto.session;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.DictLimits;

/** What all {@link DictSession}s of a server have in common. Immutable. */
public final class DictSessionSettings {
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final Map<String, Dict> dicts;
  private final Duration slowCommand;
  private final DictServerObserver observer;
  private final InstantSource clock;

  private DictSessionSettings(
      Map<String, Dict> dicts,
      Duration slowCommand,
      DictServerObserver observer,
      InstantSource clock) {
    this.dicts = Map.copyOf(dicts);
    this.slowCommand = Objects.requireNonNull(slowCommand, "slowCommand");
    this.observer = Objects.requireNonNull(observer, "observer");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Returns settings with a warning about commands that take 5 s or longer, and without an
   * observer.
   *
   * @param dicts the dicts that a client may choose from, by name
   */
  public static DictSessionSettings of(Map<String, Dict> dicts) {
    return new DictSessionSettings(dicts, SLOW, DictServerObserver.NONE, Clock.systemUTC());
  }

  /** The same settings with a warning about commands that take so long or longer. */
  public DictSessionSettings withSlowCommand(Duration newSlowCommand) {
    if (newSlowCommand.isNegative() || newSlowCommand.compareTo(DictLimits.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "slowCommand must not be negative, nor more than 100 years: " + newSlowCommand);
    }
    return new DictSessionSettings(dicts, newSlowCommand, observer, clock);
  }

  /** The same settings with an observer, whose exceptions are logged. */
  public DictSessionSettings withObserver(DictServerObserver newObserver) {
    return new DictSessionSettings(dicts, slowCommand, new GuardedObserver(newObserver), clock);
  }

  /** The same settings with a clock of one's own for the times in the replies. */
  DictSessionSettings withClock(InstantSource newClock) {
    return new DictSessionSettings(dicts, slowCommand, observer, newClock);
  }

  /** The dicts that a client may choose from, by name. */
  public Map<String, Dict> dicts() {
    return dicts;
  }

  /** How long a command takes that is worth a warning. */
  public Duration slowCommand() {
    return slowCommand;
  }

  /** Sees how commands end; it never throws. */
  public DictServerObserver observer() {
    return observer;
  }

  InstantSource clock() {
    return clock;
  }
}

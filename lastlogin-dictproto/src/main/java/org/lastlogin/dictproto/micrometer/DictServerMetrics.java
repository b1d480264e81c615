package org.lastlogin.dictproto.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.lastlogin.dictproto.session.DictServerObserver;

/**
 * Records a dict server's metrics in a {@link MeterRegistry}. Needs {@code
 * io.micrometer:micrometer-core}.
 *
 * <table>
 *   <caption>The meters; all of them are there from the beginning</caption>
 *   <tr><th>name</th><th>kind</th><th>tags</th><th>what</th></tr>
 *   <tr><td>{@code dict.server.connections}</td><td>gauge</td><td></td>
 *       <td>connections that are open</td></tr>
 *   <tr><td>{@code dict.server.connections.opened}</td><td>counter</td><td></td>
 *       <td>connections that were opened</td></tr>
 *   <tr><td>{@code dict.server.connections.refused}</td><td>counter</td><td>{@code reason}</td>
 *       <td>connections that were refused before their first command</td></tr>
 *   <tr><td>{@code dict.server.commands}</td><td>timer, in the registry's unit of time</td>
 *       <td>{@code command}, {@code outcome}</td>
 *       <td>from when a command was read until it was answered</td></tr>
 *   <tr><td>{@code dict.server.commands.refused}</td><td>counter</td><td></td>
 *       <td>commands that broke the protocol's rules</td></tr>
 *   <tr><td>{@code dict.server.rows}</td><td>counter</td><td></td>
 *       <td>rows of iterations that were sent</td></tr>
 * </table>
 *
 * <p>The tags' values are the names of {@link DictServerObserver.Refusal}, {@link
 * DictServerObserver.Command} and {@link DictServerObserver.Outcome} in lower case. Safe for use by
 * any number of threads, and by several servers, which are counted together.
 */
public final class DictServerMetrics implements DictServerObserver {
  private final AtomicLong open;
  private final Counter opened;
  private final Map<Refusal, Counter> refused;
  private final Map<Command, Map<Outcome, Timer>> commands;
  private final Counter commandsRefused;
  private final Counter rows;

  private DictServerMetrics(MeterRegistry registry) {
    open = new AtomicLong();
    opened = registry.counter("dict.server.connections.opened");
    refused =
        forEach(
            Refusal.class,
            reason -> registry.counter("dict.server.connections.refused", "reason", tag(reason)));
    commands =
        forEach(
            Command.class,
            command -> forEach(Outcome.class, outcome -> timer(registry, command, outcome)));
    commandsRefused = registry.counter("dict.server.commands.refused");
    rows = registry.counter("dict.server.rows");
    Gauge.builder("dict.server.connections", open, AtomicLong::get)
        .strongReference(true)
        .register(registry);
  }

  /** Registers the meters and returns an observer for a server. */
  // Not required transitively: programs without Micrometer could not compile against this module.
  @SuppressWarnings("exports")
  public static DictServerMetrics create(MeterRegistry registry) {
    return new DictServerMetrics(registry);
  }

  private static Timer timer(MeterRegistry registry, Command command, Outcome outcome) {
    return registry.timer("dict.server.commands", "command", tag(command), "outcome", tag(outcome));
  }

  private static <K extends Enum<K>, V> Map<K, V> forEach(Class<K> keys, Function<K, V> value) {
    Map<K, V> map = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      map.put(key, value.apply(key));
    }
    return map;
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void connectionOpened() {
    open.incrementAndGet();
    opened.increment();
  }

  @Override
  public void connectionRefused(Refusal reason) {
    get(refused, reason).increment();
  }

  @Override
  public void connectionClosed() {
    open.decrementAndGet();
  }

  @Override
  public void commandCompleted(Command command, Outcome outcome, long nanos) {
    get(get(commands, command), outcome).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void commandRefused() {
    commandsRefused.increment();
  }

  @Override
  public void rowSent() {
    rows.increment();
  }

  private static <K, V> V get(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }
}

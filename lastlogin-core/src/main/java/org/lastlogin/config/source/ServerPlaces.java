package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.Origin;

/**
 * The places of the settings of a database server, and of the ends of its blocks. Immutable.
 *
 * @param settings the settings by their names, in the order of the configuration
 * @param closes the closing braces of its blocks; none if its settings are in no block
 */
public record ServerPlaces(Map<String, Span> settings, List<Span> closes) implements Origin {
  /** The origin of a server without settings, as of one that a program made. */
  private static final Origin NO_SETTING = DatabaseServer.of(Map.of()).origin();

  /** The places of a server that was not read from a file. */
  private static final ServerPlaces NOWHERE = new ServerPlaces(Map.of(), List.of());

  public ServerPlaces {
    settings = new LinkedHashMap<>(settings);
    closes = List.copyOf(closes);
  }

  /** Returns the places of a server; none if it was not read from a file. */
  public static ServerPlaces of(DatabaseServer server) {
    return server.origin() instanceof ServerPlaces places ? places : NOWHERE;
  }

  /** Returns where a setting is; nothing if it was not read from a file. */
  public static @Nullable Span span(DatabaseServer server, String name) {
    return of(server).settings.get(name);
  }

  /** The settings in the order of the file. */
  public List<Span> inOrder() {
    List<Span> spans = new ArrayList<>(settings.values());
    spans.sort(Comparator.comparingInt(Span::start));
    return spans;
  }

  private Origin first() {
    return settings.values().stream().findFirst().map(Origin.class::cast).orElse(NO_SETTING);
  }

  @Override
  public String file() {
    return first().file();
  }

  @Override
  public int line() {
    return first().line();
  }

  @Override
  public int column() {
    return first().column();
  }

  @Override
  public Diagnostic diagnostic(Severity severity, String message) {
    return first().diagnostic(severity, message);
  }

  /** Returns the origin of a setting; that of the first one if it is not set. */
  @Override
  public Origin part(String name) {
    Span span = settings.get(name);
    return span == null ? first().part(name) : span;
  }
}

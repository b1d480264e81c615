package org.lastlogin.config.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lastlogin.config.DatabaseServer;

/**
 * The settings of a database server while they are read, each with where it is. Not safe for use by
 * several threads.
 */
public final class ServerDraft {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Span> spans = new LinkedHashMap<>();

  /** Sets a value; one that is set already keeps its place in the order. */
  public void put(String name, String value, Span span) {
    values.put(name, value);
    spans.put(name, span);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The server of settings that are in no block. */
  public DatabaseServer toServer() {
    return toServer(List.of());
  }

  /**
   * The server that blocks make up.
   *
   * @param closes where the blocks end
   */
  public DatabaseServer toServer(List<Span> closes) {
    return DatabaseServer.of(values, new ServerPlaces(spans, closes));
  }
}

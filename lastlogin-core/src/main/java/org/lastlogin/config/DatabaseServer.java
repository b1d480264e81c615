package org.lastlogin.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.words.Secrets;

/**
 * The settings for one database server: names, values, and where they come from. Two are equal if
 * their settings are equal, wherever they come from. Immutable.
 */
public final class DatabaseServer {
  private final Map<String, String> settings;
  private final Origin origin;

  private DatabaseServer(Map<String, String> settings, Origin origin) {
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    this.origin = Objects.requireNonNull(origin, "origin");
  }

  /** Returns a server with these settings, which come from a program. */
  public static DatabaseServer of(Map<String, String> settings) {
    return of(settings, Origin.ofFile(ConnectSettings.SOURCE));
  }

  /**
   * Returns a server with these settings.
   *
   * @param settings values by names, in the order in which {@link #names()} returns them
   * @param origin where they come from; its {@linkplain Origin#part parts} are the settings
   */
  public static DatabaseServer of(Map<String, String> settings, Origin origin) {
    return new DatabaseServer(settings, origin);
  }

  /** The names that are set, in the order of the configuration. */
  public Set<String> names() {
    return settings.keySet();
  }

  /** The value of a name, if it is set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** The origin of the settings. */
  public Origin origin() {
    return origin;
  }

  /** Returns the origin of a setting; that of the first one if it is not set. */
  public Origin origin(String name) {
    return origin.part(name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatabaseServer that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** The settings, without secrets. */
  @Override
  public String toString() {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + shown(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String shown(String name, String value) {
    return Secrets.isSecret(name, value) ? "***" : value;
  }
}

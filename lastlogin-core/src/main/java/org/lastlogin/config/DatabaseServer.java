package org.lastlogin.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic.Severity;

/** The settings for one database server: names, values, and where they stand. Immutable. */
public final class DatabaseServer {
  private final Map<String, Setting> settings;
  private final List<Span> closes;

  DatabaseServer(Map<String, Setting> settings) {
    this(settings, List.of());
  }

  /**
   * A server that blocks make up.
   *
   * @param closes where the blocks end
   */
  DatabaseServer(Map<String, Setting> settings, List<Span> closes) {
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    this.closes = List.copyOf(closes);
  }

  /**
   * The value of a setting, and what to point at if something is wrong with it; nothing if it was
   * not read from a file.
   */
  record Setting(String value, @Nullable Span span) {}

  static DatabaseServer of(Map<String, String> values) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    values.forEach((name, value) -> settings.put(name, new Setting(value, null)));
    return new DatabaseServer(settings);
  }

  /** The names that are set, in the order of the configuration. */
  public Set<String> names() {
    return settings.keySet();
  }

  /** What is set by a name, which must be one of {@link #names()}. */
  Setting setting(String name) {
    return Objects.requireNonNull(settings.get(name), name);
  }

  /** The value of a name, if it is set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(settings.get(name)).map(Setting::value);
  }

  /** Where a setting stands; nothing if it was not read from a file. */
  @Nullable Span span(String name) {
    Setting setting = settings.get(name);
    return setting == null ? null : setting.span();
  }

  /** Where the blocks end that it was read from, if there are any. */
  List<Span> closes() {
    return closes;
  }

  /** Where the settings stand, in the order of the file. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (Setting setting : settings.values()) {
      if (setting.span() != null) {
        spans.add(setting.span());
      }
    }
    spans.sort(Comparator.comparingInt(Span::start));
    return spans;
  }

  /**
   * A failure that points at a setting, for whoever cannot make use of it.
   *
   * @param name the name of the setting; if it is not set, the failure points at the first one that
   *     is
   * @param message what is wrong with it; must not hold a password
   */
  public ConfigException failure(String name, String message) {
    return new ConfigException(List.of(diagnostic(Severity.ERROR, name, message)));
  }

  /**
   * A failure that points at a setting whose name nobody knows.
   *
   * @param name the name of the setting
   * @param known the names there are, one of which may have been meant
   */
  public ConfigException unknown(String name, Collection<String> known) {
    Diagnostic failure = diagnostic(Severity.ERROR, name, "Unknown setting: " + name);
    return new ConfigException(List.of(failure.withHint(Suggestions.didYouMean(name, known))));
  }

  /**
   * A failure that points at a setting whose value is none of some words.
   *
   * @param name the name of the setting, which must be one of {@link #names()}
   * @param known the words there are, one of which may have been meant
   */
  public ConfigException unknownValue(String name, Collection<String> known) {
    String words = String.join(", ", known);
    Diagnostic failure =
        diagnostic(Severity.ERROR, name, "Unknown " + name + "; expected one of " + words);
    Optional<String> hint = Suggestions.didYouMean(setting(name).value(), known);
    return new ConfigException(List.of(failure.withHint(hint)));
  }

  /**
   * A warning that points at a setting, for whoever does something else than it asks for.
   *
   * @param name the name of the setting
   * @param message what is done instead; must not hold a password
   */
  public Diagnostic warning(String name, String message) {
    return diagnostic(Severity.WARNING, name, message);
  }

  private Diagnostic diagnostic(Severity severity, String name, String message) {
    Span span =
        Optional.ofNullable(settings.get(name))
            .or(() -> settings.values().stream().findFirst())
            .map(Setting::span)
            .orElse(null);
    return span == null
        ? Diagnostic.ofFile(severity, "connect", name + ": " + message)
        : Diagnostics.single(severity, span, message);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatabaseServer that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private Map<String, String> values() {
    return settings.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  /** The settings, without secrets. */
  @Override
  public String toString() {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + shown(entry.getKey(), entry.getValue().value()))
        .collect(Collectors.joining(" "));
  }

  private static String shown(String name, String value) {
    return Secrets.isSecret(name, value) ? "***" : value;
  }
}

package org.lastlogin.jdbc.connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.jdbc.connect.ConnectTarget.LateProperty;

/**
 * The settings of one server, and the driver's properties made of them. Not safe for use by several
 * threads.
 */
final class TargetDraft {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern DATABASE = Pattern.compile("[^/?&#:;,\\s]+");

  private final DatabaseServer server;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, LateProperty> lateProperties = new HashMap<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  TargetDraft(DatabaseServer server) {
    this.server = server;
  }

  /** Returns the value of a setting. */
  Optional<String> get(String name) {
    return server.get(name);
  }

  /** Returns whether any of these is set. */
  boolean hasAny(String... names) {
    return Set.of(names).stream().anyMatch(name -> get(name).isPresent());
  }

  /** Returns all settings but some. */
  Map<String, String> without(Set<String> names) {
    return server.names().stream()
        .filter(name -> !names.contains(name))
        .collect(Collectors.toMap(Function.identity(), name -> get(name).orElseThrow()));
  }

  /** Returns the value of a setting that is a whole number. */
  long number(String name) {
    String value = get(name).orElseThrow();
    if (!NUMBER.matcher(value).matches()) {
      throw failure(name, "Expected a whole number");
    }
    return Long.parseLong(value);
  }

  /** Returns the value of a setting in seconds, in milliseconds, which drivers count in 31 bits. */
  long milliseconds(String name) {
    long milliseconds = 1_000 * number(name);
    if (milliseconds > Integer.MAX_VALUE) {
      throw failure(name, "Expected no more than " + Integer.MAX_VALUE / 1_000 + " seconds");
    }
    return milliseconds;
  }

  /** Returns whether a setting that is yes or no is set to yes. */
  boolean isYes(String name) {
    return switch (get(name).orElse("no")) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw failure(name, "Expected yes or no");
    };
  }

  /** Returns the name of a database; fails if it has characters that end it within a URL. */
  String database(String name) {
    String value = get(name).orElse("");
    if (!value.isEmpty() && !DATABASE.matcher(value).matches()) {
      throw failure(name, "This is not the name of a database that a URL can hold");
    }
    return value;
  }

  void set(String property, String value) {
    properties.put(property, value);
  }

  /** Sets a property whose value is made when somebody connects. */
  void setLate(String property, LateProperty value) {
    lateProperties.put(property, value);
  }

  void setIfAbsent(String property, String value) {
    properties.putIfAbsent(property, value);
  }

  void merge(String property, String value, BinaryOperator<String> both) {
    properties.merge(property, value, both);
  }

  /** Returns a copy of the properties so far. */
  Map<String, String> properties() {
    return new HashMap<>(properties);
  }

  /** Returns the properties whose values are made when somebody connects. */
  Map<String, LateProperty> lateProperties() {
    return lateProperties;
  }

  /** Warns of what is done instead of what a setting asks for. */
  void warn(String name, String message) {
    warnings.add(Diagnostic.warning(server.origin(name), message));
  }

  List<Diagnostic> warnings() {
    return warnings;
  }

  ConfigException failure(String name, String message) {
    return ConfigException.of(Diagnostic.error(server.origin(name), message));
  }

  /** A failure because no setting has a name. */
  ConfigException unknown(String name, Collection<String> known) {
    Diagnostic error = Diagnostic.error(server.origin(name), "Unknown setting: " + name);
    return ConfigException.of(error.withSuggestion(name, known));
  }

  /** Returns a failure because a value is not one of some words. */
  ConfigException unknownValue(String name, Collection<String> known) {
    String message = "Unknown " + name + "; expected one of " + String.join(", ", known);
    Diagnostic error = Diagnostic.error(server.origin(name), message);
    return ConfigException.of(error.withSuggestion(get(name).orElse(""), known));
  }
}

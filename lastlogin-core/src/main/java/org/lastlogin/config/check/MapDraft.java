package org.lastlogin.config.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.MapPlaces;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/**
 * A map as a configuration of either format describes it. A reader fills it; {@link MapChecker}
 * makes a {@link DictMap} of it if it is right. What could not be read is in {@link MapGaps}, where
 * the map is in the file is in {@link MapDetails}. Not safe for use by several threads.
 */
public final class MapDraft {
  /** A column with values. */
  public record Value(Text column, ValueType type) {}

  /**
   * A column that holds a variable of the pattern.
   *
   * @param variable its name, without the dollar sign
   */
  public record Key(Text column, Text variable, ValueType type) {}

  private final MapGaps gaps;
  private final MapDetails details = new MapDetails();
  private @Nullable Text pattern;
  private @Nullable Text table;
  private @Nullable Text usernameField;
  private @Nullable Text expireField;
  private final List<Value> values = new ArrayList<>();
  private @Nullable Span typePlace;
  private final List<Key> keys = new ArrayList<>();
  private @Nullable DictMap map;

  /**
   * Creates an empty draft.
   *
   * @param complete whether all of the map could be read; if not, nothing is reported as missing in
   *     it
   */
  public MapDraft(boolean complete) {
    this.gaps = new MapGaps(complete);
  }

  /** Returns what could not be read, or is not set. */
  public MapGaps gaps() {
    return gaps;
  }

  /** Returns where its sections are, and what else is said about its columns. */
  public MapDetails details() {
    return details;
  }

  public @Nullable Text pattern() {
    return pattern;
  }

  public void pattern(@Nullable Text text) {
    pattern = text;
  }

  @Nullable Text table() {
    return table;
  }

  public void table(@Nullable Text text) {
    table = text;
  }

  @Nullable Text usernameField() {
    return usernameField;
  }

  /** Sets the column with the user. */
  public void usernameField(@Nullable Text text) {
    usernameField = text;
  }

  @Nullable Text expireField() {
    return expireField;
  }

  public void expireField(@Nullable Text text) {
    expireField = text;
  }

  /** The columns with values; none if they contain an error, which has been reported. */
  public List<Value> values() {
    return values;
  }

  public List<Key> keys() {
    return keys;
  }

  /** Notes where the type of its values is, or would be if it is not set. */
  public void typePlace(Span place) {
    typePlace = place;
  }

  /** Returns where the type of its values is, or would be; nothing if it has no values. */
  @Nullable Span typePlace() {
    return typePlace == null && !values.isEmpty() ? values.get(0).column().span() : typePlace;
  }

  /** Notes the map that was made of it. */
  void map(DictMap checked) {
    map = checked;
  }

  /** The map that was made of it, which must have been. */
  DictMap map() {
    return Objects.requireNonNull(map, "map");
  }

  /** Returns the origins of its parts. */
  MapPlaces places() {
    return new MapPlaces(
        span(pattern),
        span(table),
        span(usernameField),
        span(expireField),
        values.stream().map(value -> details.of(value.column())).toList(),
        details.ofValues(),
        keys.stream().map(key -> details.of(key.column())).toList(),
        details.section(),
        details.fields(),
        named());
  }

  private static @Nullable Span span(@Nullable Text text) {
    return text == null ? null : text.span();
  }

  /** Returns where the names of its table and columns are first. */
  private Map<String, Span> named() {
    List<Text> names = new ArrayList<>();
    Stream.of(table, usernameField, expireField).filter(Objects::nonNull).forEach(names::add);
    values.forEach(value -> names.add(value.column()));
    keys.forEach(key -> names.add(key.column()));
    Map<String, Span> named = new HashMap<>();
    names.forEach(name -> named.putIfAbsent(name.string(), name.span()));
    return named;
  }
}

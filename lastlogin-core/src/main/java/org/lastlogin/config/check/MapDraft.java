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
import org.lastlogin.map.ValueType;

/**
 * A map as a configuration of either format describes it, before it is known to be right; every
 * text remembers where it stands. A reader fills it, {@link MapChecker} reads it. Comments are
 * found by its {@link #places}: for these, a reader must say where the section of the map begins
 * and ends ({@link #section}); all else is found by the texts. Not safe for use by several threads.
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

  private final boolean complete;
  private @Nullable Text pattern;
  private @Nullable Text table;
  private @Nullable Text usernameField;
  private boolean usernameFieldMeant;
  private @Nullable Span usernameFieldPlace;
  private @Nullable Text expireField;
  private final List<Value> values = new ArrayList<>();
  private @Nullable Span typePlace;
  private final List<Key> keys = new ArrayList<>();
  private boolean keysComplete = true;
  private @Nullable Span open;
  private @Nullable Span close;
  private @Nullable Span fieldsOpen;
  private @Nullable Span fieldsClose;
  private final List<Span> valueDetails = new ArrayList<>();
  private final Map<Span, List<Span>> columnDetails = new HashMap<>();

  /**
   * An empty draft.
   *
   * @param complete whether all of the map could be read; if not, nothing is said about what seems
   *     to be missing in it
   */
  public MapDraft(boolean complete) {
    this.complete = complete;
  }

  boolean isComplete() {
    return complete;
  }

  public @Nullable Text pattern() {
    return pattern;
  }

  public void pattern(@Nullable Text text) {
    pattern = text;
  }

  public @Nullable Text table() {
    return table;
  }

  public void table(@Nullable Text text) {
    table = text;
  }

  public @Nullable Text usernameField() {
    return usernameField;
  }

  /**
   * Sets the column with the user.
   *
   * @param meant whether it is set, if only by a misspelt name
   */
  public void usernameField(@Nullable Text text, boolean meant) {
    usernameField(text, meant, null);
  }

  /**
   * Sets the column with the user.
   *
   * @param meant whether it is set, if only by a misspelt name
   * @param place where it would be set, if it is not
   */
  public void usernameField(@Nullable Text text, boolean meant, @Nullable Span place) {
    usernameField = text;
    usernameFieldMeant = meant;
    usernameFieldPlace = place;
  }

  /** Where the column with the user would be set; nothing if no place is better than another. */
  @Nullable Span usernameFieldPlace() {
    return usernameFieldPlace;
  }

  boolean isUsernameFieldMeant() {
    return usernameFieldMeant;
  }

  public @Nullable Text expireField() {
    return expireField;
  }

  public void expireField(@Nullable Text text) {
    expireField = text;
  }

  /** The columns with values; none if there is a mistake in them, which has been reported. */
  public List<Value> values() {
    return values;
  }

  public List<Key> keys() {
    return keys;
  }

  /** Notes where the type of its values stands, or would stand if it is not set. */
  public void typePlace(Span place) {
    typePlace = place;
  }

  /** Where the type of its values stands, or would stand; nothing if it has no values. */
  public @Nullable Span typePlace() {
    return typePlace == null && !values.isEmpty() ? values.get(0).column().span() : typePlace;
  }

  /** Notes that a variable may be named in a line that could not be read. */
  public void keysMayBeMissing() {
    keysComplete = false;
  }

  /** Whether a variable that no key names has certainly been forgotten. */
  boolean namesAllKeys() {
    return complete && keysComplete;
  }

  /** Notes where the map's section begins and where it ends. */
  public void section(Span open, @Nullable Span close) {
    this.open = open;
    this.close = close;
  }

  /** Notes where the section with the keys begins and ends, if they have one of their own. */
  public void fields(Span open, @Nullable Span close) {
    this.fieldsOpen = open;
    this.fieldsClose = close;
  }

  /** Notes what else is said about a column, or where its block ends. */
  public void columnDetail(Text column, @Nullable Span detail) {
    if (detail != null) {
      columnDetails.computeIfAbsent(column.span(), span -> new ArrayList<>()).add(detail);
    }
  }

  /** Where that stands which has been noted about a column. */
  private List<Span> withDetails(Text column) {
    List<Span> all = new ArrayList<>(List.of(column.span()));
    all.addAll(columnDetails.getOrDefault(column.span(), List.of()));
    return all;
  }

  /** Notes a line that says more about all columns with values. */
  public void valueDetail(Span span) {
    valueDetails.add(span);
  }

  @Nullable Span fieldsClose() {
    return fieldsClose;
  }

  /** Returns where all of it stands, for when it is known to be right. */
  MapPlaces places() {
    return new MapPlaces(
        span(pattern),
        span(table),
        span(usernameField),
        span(expireField),
        values.stream().map(value -> withDetails(value.column())).toList(),
        List.copyOf(valueDetails),
        keys.stream().map(key -> withDetails(key.column())).toList(),
        new MapPlaces.Block(open, close),
        new MapPlaces.Block(fieldsOpen, fieldsClose),
        named());
  }

  private static @Nullable Span span(@Nullable Text text) {
    return text == null ? null : text.span();
  }

  /** Where the names of its table and columns stand first. */
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

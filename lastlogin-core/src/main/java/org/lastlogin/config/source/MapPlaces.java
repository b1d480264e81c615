package org.lastlogin.config.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.Origin;

/**
 * The places of the parts of a map: the origin of the map, and what the writer finds comments by.
 * Immutable.
 *
 * @param pattern where its pattern is; nothing in {@link #NOWHERE} alone
 * @param table where the name of its table is
 * @param usernameField where the column with the user is, if there is one
 * @param expireField where the column with the time of expiry is, if there is one
 * @param values for each column with values, where it is and all that is said about it
 * @param valueDetails what is said about all columns with values
 * @param keys for each column with a variable, where it is and all that is said about it
 * @param block where its section begins and ends
 * @param fields where the section with the keys begins and ends, if they have one of their own
 * @param named where the names of its table and columns are first
 */
public record MapPlaces(
    @Nullable Span pattern,
    @Nullable Span table,
    @Nullable Span usernameField,
    @Nullable Span expireField,
    List<List<Span>> values,
    List<Span> valueDetails,
    List<List<Span>> keys,
    Block block,
    Block fields,
    Map<String, Span> named)
    implements Origin {
  /** The places of a map that was not read from a file. */
  static final MapPlaces NOWHERE =
      new MapPlaces(
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          List.of(),
          Block.NOWHERE,
          Block.NOWHERE,
          Map.of());

  /** The places where a section begins and ends, as far as they are known. */
  public record Block(@Nullable Span open, @Nullable Span close) {
    public static final Block NOWHERE = new Block(null, null);
  }

  /** Returns the places of a map of a dict; none if it was not read from a file. */
  public static MapPlaces of(Origin origin) {
    return origin instanceof MapPlaces places ? places : NOWHERE;
  }

  /** Returns where a column with values is, if that is known. */
  public @Nullable Span value(int index) {
    return index < values.size() ? values.get(index).get(0) : null;
  }

  /** Returns where a column with values is, and all that is said about it; nothing if unknown. */
  public List<Span> valueSpans(int index) {
    return index < values.size() ? values.get(index) : List.of();
  }

  /** Returns where a column with a variable is, if that is known. */
  public @Nullable Span key(int index) {
    return index < keys.size() ? keys.get(index).get(0) : null;
  }

  /**
   * Returns where a column with a variable is, and all that is said about it; nothing if unknown.
   */
  public List<Span> keySpans(int index) {
    return index < keys.size() ? keys.get(index) : List.of();
  }

  private Span place() {
    return Objects.requireNonNull(pattern, "pattern");
  }

  @Override
  public String file() {
    return place().file();
  }

  @Override
  public int line() {
    return place().line();
  }

  @Override
  public int column() {
    return place().column();
  }

  @Override
  public Diagnostic diagnostic(Severity severity, String message) {
    return place().diagnostic(severity, message);
  }

  /** Returns the origin of a table or column; that of the pattern if there is no such name. */
  @Override
  public Origin part(String name) {
    return named.getOrDefault(name, place());
  }
}

package org.lastlogin.config.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.MapPlaces.Block;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * Notes where the sections of a map begin and end, and the lines that say more about its columns,
 * so that the writer finds the comments next to them. Not safe for use by several threads.
 */
public final class MapDetails {
  private Block section = Block.NOWHERE;
  private Block fields = Block.NOWHERE;
  private final List<Span> ofValues = new ArrayList<>();
  private final Map<Span, List<Span>> ofColumns = new HashMap<>();

  /** Notes where the map's section begins and where it ends. */
  public void section(Span open, @Nullable Span close) {
    section = new Block(open, close);
  }

  Block section() {
    return section;
  }

  /** Notes where the section with the keys begins and ends, if they have one. */
  public void fields(Span open, @Nullable Span close) {
    fields = new Block(open, close);
  }

  Block fields() {
    return fields;
  }

  /** Notes a line that says more about all columns with values. */
  public void addToValues(Span detail) {
    ofValues.add(detail);
  }

  List<Span> ofValues() {
    return List.copyOf(ofValues);
  }

  /** Notes what else is said about a column, or where its block ends. */
  public void addTo(Text column, @Nullable Span detail) {
    if (detail != null) {
      ofColumns.computeIfAbsent(column.span(), span -> new ArrayList<>()).add(detail);
    }
  }

  /** Returns where a column is, and all that is said about it. */
  List<Span> of(Text column) {
    List<Span> all = new ArrayList<>(List.of(column.span()));
    all.addAll(ofColumns.getOrDefault(column.span(), List.of()));
    return all;
  }
}

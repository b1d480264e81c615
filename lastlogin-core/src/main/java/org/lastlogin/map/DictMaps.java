package org.lastlogin.map;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a dict, in the order of their file, and the matcher that finds the one for a key.
 * Immutable.
 *
 * <p>Where several maps could serve a key, the first one does.
 */
public final class DictMaps implements Iterable<DictMap> {
  private final List<DictMap> maps;

  private DictMaps(List<DictMap> maps) {
    this.maps = maps;
  }

  /** The given maps, in the given order. */
  public static DictMaps of(DictMap... maps) {
    return new DictMaps(List.of(maps));
  }

  /** The given maps, in the given order. */
  public static DictMaps of(Collection<DictMap> maps) {
    return new DictMaps(List.copyOf(maps));
  }

  /** The maps, in their order. */
  public List<DictMap> asList() {
    return maps;
  }

  /**
   * The first map that serves a key, with the values of its variables, or {@code null} if no map
   * does.
   */
  public @Nullable MapMatch match(String key) {
    for (DictMap map : maps) {
      List<String> variables = map.pattern().match(key);
      if (variables != null) {
        return new MapMatch(map, variables);
      }
    }
    return null;
  }

  @Override
  public Iterator<DictMap> iterator() {
    return maps.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DictMaps that && maps.equals(that.maps);
  }

  @Override
  public int hashCode() {
    return maps.hashCode();
  }

  @Override
  public String toString() {
    return maps.toString();
  }
}

package org.lastlogin.map;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a dict, in the order of their file, and the matcher that finds the one for a key.
 * Immutable; matching takes no longer for the maps that a key has nothing in common with.
 *
 * <p>Where several maps could serve a key, the first one does.
 */
public final class DictMaps implements Iterable<DictMap> {
  private final List<DictMap> maps;

  private final CompiledPatterns patterns;

  private DictMaps(List<DictMap> maps) {
    this.maps = maps;
    this.patterns = new CompiledPatterns(maps);
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
    int first = patterns.first(key);
    return first == Indexes.NONE ? null : match(maps.get(first), key);
  }

  /** All maps that could serve a key, each with the values of its variables, in their order. */
  public List<MapMatch> matchAll(String key) {
    return Arrays.stream(patterns.all(key, Extent.KEY))
        .mapToObj(index -> match(maps.get(index), key))
        .toList();
  }

  private static MapMatch match(DictMap map, String key) {
    return new MapMatch(map, Objects.requireNonNull(map.pattern().match(key)));
  }

  /**
   * All maps with keys below a path, each with what the path says of its variables, in their order;
   * none if the path does not end with a slash.
   *
   * @param recurse whether keys count that lie more than one level below the path; without it, a
   *     pattern must have no slash after what the path covers
   */
  public List<PathMatch> below(String path, boolean recurse) {
    if (!path.endsWith("/")) {
      return List.of();
    }
    Extent extent = recurse ? Extent.DESCENDANTS : Extent.CHILDREN;
    return Arrays.stream(patterns.all(path, extent))
        .mapToObj(index -> PathMatch.of(maps.get(index), path))
        .toList();
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

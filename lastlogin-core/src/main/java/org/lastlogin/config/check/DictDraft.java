package org.lastlogin.config.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;

/**
 * A dict as it was read, for the rules that look at more than the finished value. Immutable.
 *
 * @param dict the dict
 * @param maps its maps, and what the configuration says of them
 */
public record DictDraft(DictDefinition dict, List<MapDraft> maps) {
  public DictDraft {
    maps = List.copyOf(maps);
  }

  /** A dict with the maps of drafts. */
  public static DictDraft of(
      DictDefinition.Builder dict, @Nullable ConnectSettings connect, List<MapDraft> maps) {
    if (connect != null) {
      dict.connect(connect);
    }
    maps.forEach(map -> dict.map(map.map(), map.places()));
    return new DictDraft(dict.build(), maps);
  }

  /** The same dict with another name and driver. */
  public DictDraft named(String name, SqlDriver driver) {
    return new DictDraft(dict.named(name, driver), maps);
  }
}

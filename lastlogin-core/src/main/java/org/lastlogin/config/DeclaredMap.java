package org.lastlogin.config;

import org.jspecify.annotations.Nullable;
import org.lastlogin.map.DictMap;

/**
 * A map, and what a configuration says of it, which knows where it stands.
 *
 * @param map the map
 * @param draft what was read; nothing if the map comes from elsewhere
 */
record DeclaredMap(DictMap map, @Nullable MapDraft draft) {

  /** What was read; if the map comes from elsewhere, a draft that knows no places. */
  MapDraft draftOrEmpty() {
    return draft == null ? new MapDraft(true) : draft;
  }
}

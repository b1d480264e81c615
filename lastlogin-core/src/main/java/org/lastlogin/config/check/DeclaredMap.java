package org.lastlogin.config.check;

import org.lastlogin.map.DictMap;

/**
 * A map, and what a configuration says of it.
 *
 * @param map the map
 * @param draft what was read
 */
public record DeclaredMap(DictMap map, MapDraft draft) {}

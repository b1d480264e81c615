package org.lastlogin.config;

import org.lastlogin.map.DictMap;

/**
 * A map, and what a configuration says of it.
 *
 * @param map the map
 * @param draft what was read
 */
record DeclaredMap(DictMap map, MapDraft draft) {}

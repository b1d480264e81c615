package org.lastlogin.dictd;

import java.util.List;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;

/** Distinguishes the map files of Dovecot 2.2 and 2.3 from main configurations. */
final class MapFile {
  private MapFile() {}

  /** Returns whether a configuration is a map file: one dict without a name. */
  static boolean is(DictConfig config) {
    List<DictDefinition> dicts = config.dicts();
    return config.format() == ConfigFormat.DOVECOT_2_3
        && dicts.size() == 1
        && dicts.get(0).name().isEmpty();
  }
}

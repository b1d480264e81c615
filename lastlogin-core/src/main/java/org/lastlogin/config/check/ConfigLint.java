package org.lastlogin.config.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;

/** Warns of what is right by the rules, but probably not meant, in dicts of either format. */
public final class ConfigLint {
  private ConfigLint() {}

  /**
   * Checks the dicts of a configuration.
   *
   * @param lastLogin the settings of the last_login plugin, if it has some
   */
  public static void check(
      List<DictDraft> dicts, @Nullable LastLoginSettings lastLogin, Diagnostics diagnostics) {
    LoginTimeLint times = new LoginTimeLint(lastLogin, diagnostics);
    ExposedPasswords passwords = new ExposedPasswords(diagnostics);
    if (lastLogin != null) {
      lastLogin.dictName().ifPresent(name -> checkName(name, dicts, diagnostics));
    }
    for (DictDraft draft : dicts) {
      List<MapDraft> maps = draft.maps();
      maps.forEach(map -> checkPattern(map, diagnostics));
      new SiblingLint(maps, diagnostics).check();
      new TypeLint(maps, diagnostics).check();
      times.check(maps);
      draft.dict().connect().ifPresent(connect -> passwords.check(connect.servers()));
    }
  }

  /** Looks for the dict that the plugin asks for. */
  private static void checkName(String name, List<DictDraft> drafts, Diagnostics diagnostics) {
    List<DictDefinition> dicts = drafts.stream().map(DictDraft::dict).toList();
    boolean found = dicts.stream().anyMatch(dict -> dict.name().filter(name::equals).isPresent());
    if (found) {
      return;
    }
    for (DictDefinition dict : dicts) {
      Span place = DictPlace.of(dict).open();
      if (place != null && Suggestions.isSlip(dict.name().orElse(""), name)) {
        diagnostics.warning(
            place,
            "The plugin last_login asks for a dict " + name + ", which this one is almost",
            "Did you mean " + name + "?");
      }
    }
  }

  private static void checkPattern(MapDraft map, Diagnostics diagnostics) {
    Text pattern = map.pattern();
    if (pattern != null) {
      new PatternLint(pattern, diagnostics).check();
    }
  }
}

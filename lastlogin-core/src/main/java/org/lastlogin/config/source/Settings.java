package org.lastlogin.config.source;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.words.Secrets;
import org.lastlogin.config.words.Suggestions;

/** The settings of one section by their names; each may be set once. */
public final class Settings {
  private final Diagnostics diagnostics;
  private final Map<String, Setting> byName = new LinkedHashMap<>();
  private final Set<String> misspelt = new HashSet<>();

  public Settings(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Adds a setting, or reports that it is there already. */
  public void add(Setting setting) {
    Setting first = byName.putIfAbsent(setting.name().string(), setting);
    if (first != null) {
      diagnostics.error(
          setting.span(),
          "The setting " + setting.name().string() + " is set twice in this section",
          "It is set in line " + first.span().line() + " already; remove one of the two.");
    }
  }

  /** The value of a setting, or {@code null} if it is not set. */
  public @Nullable Text get(String name) {
    Setting setting = byName.get(name);
    return setting == null ? null : setting.value();
  }

  /** Returns whether a setting is set, even if by a misspelt name. */
  public boolean isMeant(String name) {
    return byName.containsKey(name) || misspelt.contains(name);
  }

  public Collection<Setting> all() {
    return byName.values();
  }

  /**
   * Reports a setting that means nothing where it is. If it is one that is misspelt, it need not be
   * missed any more.
   */
  public void reportUnknown(Setting setting, Collection<String> known) {
    String name = setting.name().string();
    if (Secrets.mayHoldSecret(setting.value().string())) {
      setting.value().span().hide();
    }
    Optional<String> guess =
        diagnostics.isFull() ? Optional.empty() : Suggestions.closest(name, known);
    guess.ifPresent(misspelt::add);
    reportUnknown(setting, guess, "", known, diagnostics);
  }

  /**
   * Reports a setting that means nothing where it is; if its name must not be shown, it is hidden
   * already.
   *
   * @param guess the one that was meant, if that is known
   * @param where where it belongs, as a sentence; empty if that is not known
   * @param known the settings that mean something there
   */
  public static void reportUnknown(
      Setting setting,
      Optional<String> guess,
      String where,
      Collection<String> known,
      Diagnostics diagnostics) {
    diagnostics.error(
        setting.span(),
        "Unknown setting" + shown(setting.name()),
        guess.map(text -> "Did you mean " + text + "? ").orElse("")
            + where
            + "Known here: "
            + String.join(", ", known)
            + ".",
        setting.span().isHidden() ? null : "Unknown setting: " + setting.name().string());
  }

  /** Returns a name after a colon, or nothing if it must not be shown. */
  public static String shown(Text name) {
    return name.span().isHidden() ? "" : ": " + name.string();
  }
}

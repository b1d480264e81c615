package org.lastlogin.config.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.KnownKeys;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyPattern;

/**
 * The rules of maps that both formats share. A map is checked in full before a {@link DictMap} is
 * made of it, so that every error is reported where it is. A map for {@code priv/} keys without a
 * {@code username_field} is an error, because it never serves a key. Not safe for use by several
 * threads.
 */
public final class MapChecker {
  private final KeyFieldMessages messages;
  private final Diagnostics diagnostics;
  private final PatternReader patterns;
  private final UnreachableMaps unreachable;

  /** Creates a checker for the maps of one dict. */
  public MapChecker(ConfigFormat format, Diagnostics diagnostics) {
    this.messages = KeyFieldMessages.of(format);
    this.diagnostics = diagnostics;
    this.patterns = new PatternReader(messages, diagnostics);
    this.unreachable = new UnreachableMaps(diagnostics);
  }

  /** Returns the draft with the map that it describes, if there is nothing wrong with it. */
  public Optional<MapDraft> check(MapDraft draft) {
    Text patternText = draft.pattern();
    KeyPattern pattern = patternText == null ? null : patterns.read(patternText, draft);
    Text table = name(draft.table());
    Text username = name(draft.usernameField());
    Text expire = name(draft.expireField());
    boolean valuesRight = !draft.values().isEmpty() && areValuesRight(draft.values());
    if (patternText == null || pattern == null) {
      return Optional.empty();
    }
    checkScope(pattern, patternText, draft);
    boolean keysRight =
        new KeyFieldsChecker(messages, pattern, patternText, diagnostics).check(draft);
    boolean userless = username == null && isPrivate(pattern);
    if (table == null || !valuesRight || !keysRight || userless) {
      return Optional.empty();
    }
    DictMap.Builder map = DictMap.builder(pattern, table.string());
    if (username != null) {
      map.usernameField(username.string());
    }
    if (expire != null) {
      map.expireField(expire.string());
    }
    draft.values().forEach(value -> map.valueField(value.column().string(), value.type()));
    draft
        .keys()
        .forEach(key -> map.keyField(key.column().string(), key.variable().string(), key.type()));
    DictMap built = map.build();
    unreachable.check(built, patternText);
    draft.map(built);
    return Optional.of(draft);
  }

  private boolean areValuesRight(List<MapDraft.Value> values) {
    boolean right = true;
    for (MapDraft.Value value : values) {
      right &= Names.check(value.column(), diagnostics);
    }
    return right;
  }

  /** A name of a table or column, or {@code null} if it is none. */
  private @Nullable Text name(@Nullable Text name) {
    return name != null && Names.check(name, diagnostics) ? name : null;
  }

  private static boolean isPrivate(KeyPattern pattern) {
    return pattern.literalPrefix().startsWith("priv/");
  }

  private void checkScope(KeyPattern pattern, Text text, MapDraft draft) {
    boolean shared = pattern.literalPrefix().startsWith("shared/");
    Text username = draft.usernameField();
    if (!shared && !isPrivate(pattern)) {
      diagnostics.error(
          text.span(),
          "Expected a pattern that begins with shared/ or priv/, as all keys do",
          KnownKeys.guess(text.string())
              .map(guess -> "Did you mean " + guess + "?")
              .orElse(
                  "Keys of last_login begin with "
                      + KeyPattern.LAST_LOGIN
                      + ", those of quota with"
                      + " priv/quota/."));
    } else if (isPrivate(pattern)
        && draft.gaps().isComplete()
        && !draft.gaps().isUsernameFieldMeant()) {
      Span place = draft.gaps().usernameFieldPlace();
      diagnostics.error(
          place == null ? text.span() : place,
          "Keys that begin with priv/ need a username_field, and this map has none",
          "Add username_field = COLUMN, the column that holds the name of the user.");
    } else if (shared && username != null) {
      diagnostics.warning(
          username.span(),
          "Keys that begin with shared/ belong to no user: username_field means nothing here",
          "Remove this line, or begin the pattern with priv/.");
    }
  }
}

package org.lastlogin.config.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.KnownKeys;

/** Finds probable errors in a pattern, segment by segment. */
final class PatternLint {
  private final Text pattern;
  private final Diagnostics diagnostics;

  PatternLint(Text pattern, Diagnostics diagnostics) {
    this.pattern = pattern;
    this.diagnostics = diagnostics;
  }

  /** Warns of the first segment that is probably wrong. */
  void check() {
    List<String> before = new ArrayList<>();
    int from = 0;
    for (String segment : pattern.string().split("/", -1)) {
      String hint = hint(before, segment, from + segment.length() == pattern.length());
      if (hint != null) {
        diagnostics.warning(
            pattern.span(from, from + segment.length()),
            "No key of Dovecot's plugins is like this part of the pattern",
            hint);
        return;
      }
      before.add(segment);
      from += segment.length() + 1;
    }
  }

  private static @Nullable String hint(List<String> before, String segment, boolean last) {
    int variable = segment.indexOf('$');
    if (variable < 0) {
      return segment.isEmpty() && !last && !before.isEmpty()
          ? "Remove one of the two slashes."
          : KnownKeys.meant(before, segment).map(PatternLint::didYouMean).orElse(null);
    }
    if (segment.indexOf('$', variable + 1) > 0) {
      return "Put a slash between the variables.";
    }
    String literal = segment.substring(0, variable);
    return KnownKeys.isWord(before, literal) || KnownKeys.meant(before, literal).isPresent()
        ? "Put a slash before the variable."
        : null;
  }

  private static String didYouMean(String guess) {
    return "Did you mean " + guess + "?";
  }
}

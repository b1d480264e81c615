package org.lastlogin.config.check;

import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;

/** Checks names of tables and columns. */
final class Names {
  /** Anything that a database may accept; how to quote it is the dialect's business. */
  private static final Pattern NAME = Pattern.compile("[^\\s=\\p{Cntrl}]++");

  private Names() {}

  /** Reports what can be no name, and returns whether it can. */
  static boolean check(Text name, Diagnostics diagnostics) {
    if (NAME.matcher(name.string()).matches()) {
      Placeholders.checkName(name, diagnostics);
      return true;
    }
    if (Placeholders.checkName(name, diagnostics)) {
      return true; // What is filled in may well be a name.
    }
    boolean continued = name.span().line() < name.span().source().line(name.span().end());
    diagnostics.error(
        name.span(),
        name.isEmpty() ? "Expected a name" : "Expected one name, without white space and = in it",
        hint(name.isEmpty(), continued));
    return false;
  }

  private static String hint(boolean empty, boolean continued) {
    if (continued) {
      return "The backslash at the end of a line continues it with the next one.";
    }
    return empty ? "Add the name of a table or column." : "Every setting is on a line of its own.";
  }
}

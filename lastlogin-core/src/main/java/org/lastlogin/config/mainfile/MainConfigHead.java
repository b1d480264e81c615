package org.lastlogin.config.mainfile;

import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Text;

/**
 * The first line of a block, without its brace. Immutable.
 *
 * @param type the word that says what kind of block it is
 * @param name the name after it, if there is one
 */
record MainConfigHead(Text type, @Nullable Text name) {
  /** The same, if a brace sticks to its last word. */
  MainConfigHead withoutBrace() {
    return name == null || name.isEmpty()
        ? new MainConfigHead(trimmed(type), null)
        : new MainConfigHead(type, trimmed(name));
  }

  private static Text trimmed(Text word) {
    return word.string().endsWith("{") ? word.substring(0, word.length() - 1) : word;
  }
}

package org.lastlogin.config.write;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.Span;

/**
 * The names of the blocks of one kind in a section of Dovecot 2.4's configuration. Two blocks of
 * one name are one block there, and a name cannot hold every character, so some blocks get another
 * name and say in a setting what is meant: the second map of a pattern is called {@code PATTERN
 * (2)} and has {@code pattern = PATTERN}. Not safe for use by several threads.
 */
final class BlockNames {
  private final String kind;
  private final String setting;
  private final ConfigLines out;
  private final Set<String> used = new HashSet<>();

  /**
   * Creates an empty set of names.
   *
   * @param kind the word before the name
   * @param setting the setting in the block that the name stands for
   */
  BlockNames(String kind, String setting, ConfigLines out) {
    this.kind = kind;
    this.setting = setting;
    this.out = out;
  }

  /** Begins the block that a text names. */
  void open(String text, List<Span> anchors) {
    // A quote ends the name, even after a backslash; an empty name is not a name.
    String free = text.isEmpty() ? "none" : text.replace('"', '\'');
    String name = free;
    for (int i = 2; !used.add(name); i++) {
      name = free + " (" + i + ")";
    }
    out.open(kind + " " + Quoting.name(Quoting.literal(name)), anchors);
    if (!name.equals(text)) {
      out.line((setting + " = " + Quoting.value(Quoting.literal(text))).stripTrailing());
    }
  }
}

package org.lastlogin.config.check;

import org.lastlogin.config.ConfigFormat;

/**
 * Messages about the columns that hold a pattern's variables. The formats differ in how a column is
 * written, and in what Dovecot prints.
 */
public enum KeyFieldMessages {
  /** For map files. */
  DOVECOT_2_3("Add COLUMN = $%s to the section fields of this map.", "") {
    @Override
    public String missing(String variable, MapDraft draft) {
      return draft.details().fields().close() == null && draft.keys().isEmpty()
          ? "Missing fields for pattern variables"
          : missing(variable);
    }
  },

  /** For main configurations. */
  DOVECOT_2_4("Add key_field COLUMN { with a line value = $%s to this map.", "$");

  private final String howToAdd;
  private final String sign;

  KeyFieldMessages(String howToAdd, String sign) {
    this.howToAdd = howToAdd;
    this.sign = sign;
  }

  static KeyFieldMessages of(ConfigFormat format) {
    return format == ConfigFormat.DOVECOT_2_3 ? DOVECOT_2_3 : DOVECOT_2_4;
  }

  /** Returns a hint for a pattern with a variable that no field holds. */
  String howToAdd(String variable) {
    return String.format(howToAdd, variable);
  }

  /** Returns what Dovecot prints about a variable that no field holds. */
  public String missing(String variable) {
    return "Missing SQL field for variable: " + sign + variable;
  }

  /** Returns what Dovecot prints about a variable that no field of a map holds. */
  public String missing(String variable, MapDraft draft) {
    return missing(variable);
  }

  /** Returns what Dovecot prints about a field whose variable is not in the pattern. */
  String unused(String variable) {
    return "Unused variable: " + sign + variable;
  }
}

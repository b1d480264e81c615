package org.lastlogin.config;

/**
 * The formats in which Dovecot's configurations describe dicts, named by the version they came
 * with.
 */
public enum ConfigFormat {
  /**
   * The dict map file of Dovecot 2.2 and 2.3, which {@code dict { NAME = mysql:FILE }} in {@code
   * dovecot.conf} names: it holds one dict, and neither its name nor its driver.
   */
  DOVECOT_2_3("2.3") {
    @Override
    String howToAddKeyField(String variable) {
      return "Add COLUMN = $" + variable + " to the section fields of this map.";
    }

    @Override
    String missingKeyField(String variable) {
      return "Missing SQL field for variable: " + variable;
    }

    @Override
    String unusedKeyField(String variable) {
      return "Unused variable: " + variable;
    }
  },

  /**
   * The main configuration of Dovecot 2.4, which holds any number of dicts in {@code dict_server}.
   */
  DOVECOT_2_4("2.4") {
    @Override
    String howToAddKeyField(String variable) {
      return "Add key_field COLUMN { with a line value = $" + variable + " to this map.";
    }

    @Override
    String missingKeyField(String variable) {
      return "Missing SQL field for variable: $" + variable;
    }

    @Override
    String unusedKeyField(String variable) {
      return "Unused variable: $" + variable;
    }
  };

  private final String version;

  ConfigFormat(String version) {
    this.version = version;
  }

  /** The version of Dovecot that brought it, such as {@code 2.4}. */
  public String version() {
    return version;
  }

  /** A hint for a pattern with a variable that no field holds. */
  abstract String howToAddKeyField(String variable);

  /** What Dovecot prints about such a variable. */
  abstract String missingKeyField(String variable);

  /** What Dovecot prints about a variable that no field of a map holds. */
  String missingVariable(String variable, MapDraft draft) {
    return this == DOVECOT_2_3 && draft.fieldsClose() == null && draft.keys().isEmpty()
        ? "Missing fields for pattern variables"
        : missingKeyField(variable);
  }

  /** What Dovecot prints about a field that holds what is no variable of the pattern. */
  abstract String unusedKeyField(String variable);
}

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
  DOVECOT_2_3("2.3"),

  /**
   * The main configuration of Dovecot 2.4, which holds any number of dicts in {@code dict_server}.
   */
  DOVECOT_2_4("2.4");

  private final String version;

  ConfigFormat(String version) {
    this.version = version;
  }

  /** The version of Dovecot that brought it, such as {@code 2.4}. */
  public String version() {
    return version;
  }
}

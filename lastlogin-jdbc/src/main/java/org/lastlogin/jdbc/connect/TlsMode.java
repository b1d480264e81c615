package org.lastlogin.jdbc.connect;

/** The uses of TLS by MariaDB's and MySQL's drivers, with the word of each driver. */
enum TlsMode {
  /** No TLS. */
  NONE("disable", "DISABLED"),
  /** TLS with any server. */
  UNCHECKED("trust", "REQUIRED"),
  /** TLS with a server whose certificate a trusted authority has signed. */
  AUTHORITY("verify-ca", "VERIFY_CA"),
  /** The same, and the certificate has the host's name. */
  IDENTITY("verify-full", "VERIFY_IDENTITY");

  private static final String VERIFY = "ssl_verify_server_cert";

  private final String mariaDb;
  private final String mySql;

  TlsMode(String mariaDb, String mySql) {
    this.mariaDb = mariaDb;
    this.mySql = mySql;
  }

  String mariaDb() {
    return mariaDb;
  }

  String mySql() {
    return mySql;
  }

  /**
   * Returns whether TLS proves which server it is. Everybody may have a certificate that Java's
   * trust store leads to, so that without the host's name, the authority must have been named.
   */
  static boolean isVerified(TargetDraft draft) {
    return switch (of(draft)) {
      case IDENTITY -> true;
      case AUTHORITY -> draft.hasAny("ssl_ca");
      case UNCHECKED, NONE -> false;
    };
  }

  /**
   * Returns the use that settings ask for. A name to verify, or an authority, asks for TLS, too.
   */
  static TlsMode of(TargetDraft draft) {
    boolean ssl = draft.isYes("ssl");
    // Dovecot 2.4, which has this name, checks certificates unless it is disabled.
    if (draft.isYes(VERIFY)
        || ClientFlag.SSL_VERIFY_SERVER_CERT.isIn(draft)
        || (ssl && !draft.hasAny(VERIFY))) {
      return IDENTITY;
    }
    if (!ssl && draft.hasAny("ssl_ca", "ssl_ca_path")) {
      return AUTHORITY;
    }
    return ssl || draft.hasAny("ssl_cert", "ssl_key", "ssl_cipher") || ClientFlag.SSL.isIn(draft)
        ? UNCHECKED
        : NONE;
  }
}

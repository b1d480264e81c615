package org.lastlogin.jdbc.connect;

/** Libraries that drivers need for Unix sockets, which users bring along. */
enum Library {
  JNA("com.sun.jna.Native", "net.java.dev.jna:jna"),
  JUNIXSOCKET(
      "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg",
      "com.kohlschutter.junixsocket:junixsocket-core (of type pom)"),
  JUNIXSOCKET_MYSQL(
      "org.newsclub.net.mysql.AFUNIXDatabaseSocketFactoryCJ",
      "org.mariadb.jdbc:mariadb-java-client, whose sockets need net.java.dev.jna:jna alone, or"
          + " com.kohlschutter.junixsocket:junixsocket-mysql");

  private final String className;
  private final String artifact;

  Library(String className, String artifact) {
    this.className = className;
    this.artifact = artifact;
  }

  String className() {
    return className;
  }

  /** Fails if it is missing; points at the host, which is a socket. */
  void require(TargetDraft draft) {
    if (!JdbcDriver.isPresent(className)) {
      throw draft.failure(
          "host", "The JDBC driver needs a library for Unix sockets: add the artifact " + artifact);
    }
  }
}

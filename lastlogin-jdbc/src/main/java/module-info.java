/** Dict maps and last-login times in SQL tables. */
module org.lastlogin.jdbc {
  requires transitive java.sql;
  requires transitive org.lastlogin.core;
  requires static org.jspecify;
  requires org.slf4j;

  exports org.lastlogin.jdbc;
  exports org.lastlogin.jdbc.connect;
  exports org.lastlogin.jdbc.schema;
}

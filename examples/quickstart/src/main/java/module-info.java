/** The main job in one command: recorded logins become rows of a table. */
module org.lastlogin.quickstart {
  requires java.sql;
  requires org.lastlogin.dictproto;
  requires org.lastlogin.jdbc;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}

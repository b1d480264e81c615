/** The quickstart: plays recorded logins into a dict server, and prints the table. */
module org.lastlogin.quickstart {
  requires java.sql;
  requires org.lastlogin.dictproto;
  requires org.lastlogin.jdbc;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}

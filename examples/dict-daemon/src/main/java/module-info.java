/** A dict server to run beside Dovecot. */
module org.lastlogin.dictd {
  requires com.fasterxml.jackson.core;
  requires com.zaxxer.hikari;
  requires info.picocli;
  requires java.sql;
  requires org.lastlogin.dictproto;
  requires org.lastlogin.jdbc;
  requires org.slf4j;
  requires static org.jspecify;

  // picocli fills the fields that hold the options.
  opens org.lastlogin.dictd to
      info.picocli;
}

/** JMH benchmarks and load programs. */
module org.lastlogin.benchmarks {
  requires com.zaxxer.hikari;
  requires info.picocli;
  requires io.netty.buffer;
  requires java.management;
  requires java.sql;
  requires jdk.management;
  requires jmh.core;
  requires org.lastlogin.core;
  requires org.lastlogin.dictproto;
  requires org.lastlogin.jdbc;
  requires static org.jspecify;

  // picocli fills the fields that hold the options.
  opens org.lastlogin.benchmarks.load to
      info.picocli;
}

/** What things cost, measured with JMH. */
module org.lastlogin.benchmarks {
  requires jmh.core;
  requires org.lastlogin.core;
  requires org.lastlogin.dictproto;
  requires static org.jspecify;
}

/** What things cost, measured with JMH, and load runs. */
module org.lastlogin.benchmarks {
  requires io.netty.buffer;
  requires java.management;
  requires jdk.management;
  requires jmh.core;
  requires org.lastlogin.core;
  requires org.lastlogin.dictproto;
  requires static org.jspecify;
}

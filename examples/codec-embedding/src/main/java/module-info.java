/** Daemons that embed the codec. */
module org.lastlogin.embedding {
  requires io.netty.common;
  requires io.netty.transport;
  requires org.lastlogin.dictproto;
  requires static org.jspecify;
}

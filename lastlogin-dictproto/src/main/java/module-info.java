/** Dovecot's dict protocol: the codec without I/O, and a server on Netty. */
module org.lastlogin.dictproto {
  requires transitive org.lastlogin.core;
  requires static org.jspecify;
  requires org.slf4j;
  // Only the package netty needs these; whoever embeds the codec alone leaves them out. Handlers
  // are of the transport, whose types stand in their signatures; TLS alone needs codec and handler.
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.common;
  requires static io.netty.handler;
  requires static transitive io.netty.transport;
  // Only the package micrometer needs it.
  requires static micrometer.core;

  exports org.lastlogin.dictproto;
  exports org.lastlogin.dictproto.micrometer;
  exports org.lastlogin.dictproto.netty;
}

/**
 * Dovecot's dict protocol: the codec and the session without I/O, and a server and a client on
 * Netty.
 */
module org.lastlogin.dictproto {
  requires transitive org.lastlogin.core;
  requires static org.jspecify;
  requires org.slf4j;
  // Only the packages netty, server and client need these, and handler for TLS alone. Not
  // transitive, so that a program with the codec alone can leave them out.
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.common;
  requires static io.netty.handler;
  requires static io.netty.transport;
  // Only the package micrometer needs it.
  requires static micrometer.core;

  exports org.lastlogin.dictproto;
  exports org.lastlogin.dictproto.client;
  exports org.lastlogin.dictproto.micrometer;
  exports org.lastlogin.dictproto.netty;
  exports org.lastlogin.dictproto.server;
  exports org.lastlogin.dictproto.session;
}

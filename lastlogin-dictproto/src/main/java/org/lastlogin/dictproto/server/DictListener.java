package org.lastlogin.dictproto.server;

/** An address at which a {@link DictServer} takes connections. Immutable. */
public sealed interface DictListener permits UnixListener, TcpListener {}

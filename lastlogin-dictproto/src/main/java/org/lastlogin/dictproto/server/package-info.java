/**
 * The dict server: listens at Unix sockets and TCP ports, and serves any {@link
 * org.lastlogin.dict.Dict}. Uses the session, and the handlers of {@code
 * org.lastlogin.dictproto.netty}; does not know the client. Start reading at {@link
 * org.lastlogin.dictproto.server.DictServer}.
 */
@NullMarked
package org.lastlogin.dictproto.server;

import org.jspecify.annotations.NullMarked;

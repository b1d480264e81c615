/**
 * The dict client: a {@link org.lastlogin.dict.Dict} over the wire, with a connection pool. Uses
 * the codec, and the handlers of {@code org.lastlogin.dictproto.netty}; does not know the server.
 * Start reading at {@link org.lastlogin.dictproto.client.DictClient}.
 */
@NullMarked
package org.lastlogin.dictproto.client;

import org.jspecify.annotations.NullMarked;

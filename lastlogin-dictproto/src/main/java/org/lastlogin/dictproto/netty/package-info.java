/**
 * The codec as Netty handlers, for your own pipeline. Uses the codec; does not know the session,
 * the server or the client. Only this package, {@code server} and {@code client} use Netty, which
 * programs with the codec alone do not need. Start reading at {@link
 * org.lastlogin.dictproto.netty.DictServerCodec} or {@link
 * org.lastlogin.dictproto.netty.DictClientCodec}.
 */
@NullMarked
package org.lastlogin.dictproto.netty;

import org.jspecify.annotations.NullMarked;

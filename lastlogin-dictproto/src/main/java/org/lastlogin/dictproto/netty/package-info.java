/**
 * The codec as Netty handlers, for a pipeline of one's own: {@link
 * org.lastlogin.dictproto.netty.DictServerCodec}, {@link
 * org.lastlogin.dictproto.netty.DictClientCodec}, and the halves of which they are made. Server and
 * client are built on them.
 *
 * <p>Only this package, {@code server} and {@code client} know Netty, which users of the codec
 * alone do not need.
 */
@NullMarked
package org.lastlogin.dictproto.netty;

import org.jspecify.annotations.NullMarked;

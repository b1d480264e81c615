/**
 * The dict protocol on Netty: {@link org.lastlogin.dictproto.netty.DictServer} serves dicts and
 * {@link org.lastlogin.dictproto.netty.DictClient} uses them. For a pipeline of one's own there are
 * {@link org.lastlogin.dictproto.netty.DictServerCodec} and {@link
 * org.lastlogin.dictproto.netty.DictClientCodec}, and the halves of which they are made.
 *
 * <p>It is the only package that knows Netty, which users of the codec alone do not need.
 */
@NullMarked
package org.lastlogin.dictproto.netty;

import org.jspecify.annotations.NullMarked;

/**
 * Two daemons that answer Dovecot's lookups from a map: {@link
 * org.lastlogin.embedding.NioDictDaemon} with the codec and {@code java.nio} alone, {@link
 * org.lastlogin.embedding.NettyDictDaemon} with the codec's handlers in a Netty pipeline. For a
 * complete server use {@code DictServer}.
 */
@NullMarked
package org.lastlogin.embedding;

import org.jspecify.annotations.NullMarked;

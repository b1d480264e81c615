/**
 * A server's side of one connection without I/O: takes commands, carries them out on a {@link
 * org.lastlogin.dict.Dict}, and answers. Uses the codec's messages; does not know Netty. Start
 * reading at {@link org.lastlogin.dictproto.session.DictSession}.
 */
@NullMarked
package org.lastlogin.dictproto.session;

import org.jspecify.annotations.NullMarked;

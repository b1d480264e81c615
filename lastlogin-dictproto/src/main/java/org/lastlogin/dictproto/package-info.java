/**
 * The codec of the dict protocol: bytes to messages and back, for both sides, without I/O. A line
 * is a command byte and fields separated by TAB, ended by LF; within a field NUL, 0x01, TAB, CR and
 * LF are escaped with 0x01. Text is UTF-8.
 *
 * <p>Uses the dict's values, and knows no session, server, client or Netty. Start reading at {@link
 * org.lastlogin.dictproto.DictConversation}, the protocol state of a connection, which the decoders
 * and encoders share.
 */
@NullMarked
package org.lastlogin.dictproto;

import org.jspecify.annotations.NullMarked;

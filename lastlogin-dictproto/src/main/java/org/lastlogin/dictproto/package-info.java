/**
 * The dict protocol without I/O, for both sides.
 *
 * <p>A server that has a thread for each connection, or a loop of its own, begins with {@link
 * org.lastlogin.dictproto.DictCommandDecoder}, which makes commands of bytes; a {@link
 * org.lastlogin.dictproto.session.DictSession} carries them out on a {@link
 * org.lastlogin.dict.Dict}, and {@link org.lastlogin.dictproto.DictReplyEncoder} makes bytes of the
 * replies. Without a session, {@link org.lastlogin.dictproto.DictConversation} numbers the commands
 * and watches over the rules.
 *
 * <p>A client notes its commands in a conversation, has {@link
 * org.lastlogin.dictproto.DictCommandEncoder} make bytes of them, and {@link
 * org.lastlogin.dictproto.DictReplyDecoder} makes replies of the answer, which mean nothing without
 * the conversation.
 *
 * <p>Whoever uses Netty, or wants a server or a client that is complete, finds them in the package
 * {@code netty}.
 *
 * <p>A line is a command byte and fields separated by TAB, ended by LF; within a field NUL, 0x01,
 * TAB, CR and LF are escaped with 0x01. Text is UTF-8.
 */
@NullMarked
package org.lastlogin.dictproto;

import org.jspecify.annotations.NullMarked;

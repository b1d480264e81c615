/**
 * The dict protocol without I/O: {@link org.lastlogin.dictproto.DictCommandDecoder} makes commands
 * of bytes, {@link org.lastlogin.dictproto.DictSession} carries them out on a {@link
 * org.lastlogin.dict.Dict}, {@link org.lastlogin.dictproto.DictReplyEncoder} makes bytes of the
 * replies.
 *
 * <p>A line is a command byte and fields separated by TAB, ended by LF; within a field NUL, 0x01,
 * TAB, CR and LF are escaped with 0x01. Text is UTF-8.
 */
@NullMarked
package org.lastlogin.dictproto;

import org.jspecify.annotations.NullMarked;

/**
 * Handles values that come from outside: checks the durations that users set, and prepares text of
 * a peer for the log. Depends on the JDK alone. All packages of this module may use its types,
 * which are public for that reason, but not exported. Start reading at {@link
 * org.lastlogin.dictproto.input.LogText}.
 */
@NullMarked
package org.lastlogin.dictproto.input;

import org.jspecify.annotations.NullMarked;

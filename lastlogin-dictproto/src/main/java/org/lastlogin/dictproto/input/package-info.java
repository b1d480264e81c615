/**
 * Prepares text of a peer for the log. Depends on the JDK alone; the other packages of this module
 * use it, so {@link org.lastlogin.dictproto.input.LogText} is public, but it is not exported.
 */
@NullMarked
package org.lastlogin.dictproto.input;

import org.jspecify.annotations.NullMarked;

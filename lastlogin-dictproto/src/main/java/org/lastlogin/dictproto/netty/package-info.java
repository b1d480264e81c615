/**
 * The dict server on Netty. It is the only package that knows Netty, which users of the codec alone
 * do not need.
 */
@NullMarked
package org.lastlogin.dictproto.netty;

import org.jspecify.annotations.NullMarked;

/** A dict server's metrics for Micrometer, which nothing else in this module needs. */
@NullMarked
package org.lastlogin.dictproto.micrometer;

import org.jspecify.annotations.NullMarked;

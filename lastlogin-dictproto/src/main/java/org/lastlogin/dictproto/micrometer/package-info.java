/**
 * Metrics of a dict server for Micrometer. Uses the session's observer alone; nothing else in this
 * module needs Micrometer. Start reading at {@link
 * org.lastlogin.dictproto.micrometer.DictServerMetrics}.
 */
@NullMarked
package org.lastlogin.dictproto.micrometer;

import org.jspecify.annotations.NullMarked;

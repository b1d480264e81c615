/**
 * Load on dict servers: {@link org.lastlogin.benchmarks.load.DictLoad} puts it on any, and {@link
 * org.lastlogin.benchmarks.load.DovecotComparison} on Dovecot's own and ours in turn, over one
 * database. {@link org.lastlogin.benchmarks.load.SizeCurve} asks whether the size of a table
 * matters.
 */
@NullMarked
package org.lastlogin.benchmarks.load;

import org.jspecify.annotations.NullMarked;

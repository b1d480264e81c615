/**
 * Loads dict servers: {@link org.lastlogin.benchmarks.load.DictLoad} any of them, {@link
 * org.lastlogin.benchmarks.load.DovecotComparison} Dovecot's own and ours in turn over one
 * database. {@link org.lastlogin.benchmarks.load.SizeCurve} measures tables of different sizes.
 * Start reading at {@link org.lastlogin.benchmarks.load.LoadGenerator}.
 */
@NullMarked
package org.lastlogin.benchmarks.load;

import org.jspecify.annotations.NullMarked;

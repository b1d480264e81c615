/**
 * What things cost: the {@code *Benchmark}s are measured with JMH; {@link
 * org.lastlogin.benchmarks.IdleConnections} and {@link org.lastlogin.benchmarks.UnreadIterations}
 * put load on a server in a process of its own.
 */
@NullMarked
package org.lastlogin.benchmarks;

import org.jspecify.annotations.NullMarked;

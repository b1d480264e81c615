/**
 * Benchmarks: the {@code *Benchmark}s run in JMH; {@link org.lastlogin.benchmarks.IdleConnections}
 * and {@link org.lastlogin.benchmarks.UnreadIterations} load a server in its own process. Start
 * reading at {@link org.lastlogin.benchmarks.CommandDecoderBenchmark}.
 */
@NullMarked
package org.lastlogin.benchmarks;

import org.jspecify.annotations.NullMarked;

package org.lastlogin.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures a server's decoding of one command, of BEGIN, SET, COMMIT and LOOKUP that come together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LoginTraffic.COMMANDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class CommandDecoderBenchmark {
  private final DictCommandDecoder decoder = DictCommandDecoder.create(DictLimits.DEFAULT);
  private final byte[] array = LoginTraffic.commandBytes();
  private final ByteBuffer heap = ByteBuffer.wrap(array);
  private final ByteBuffer direct = ByteBuffer.allocateDirect(array.length).put(array).flip();

  /** Decodes the HELLO. */
  @Setup
  public void greet() {
    decoder.feed(LoginTraffic.helloBytes());
    DictCommand hello = decoder.next();
    if (hello == null || decoder.next() != null) {
      throw new IllegalStateException("Not one HELLO");
    }
  }

  /** Decodes from an array. */
  @Benchmark
  public void ofArray(Blackhole sink) {
    decoder.feed(array);
    drain(sink);
  }

  /** Decodes from a buffer on the heap. */
  @Benchmark
  public void ofBuffer(Blackhole sink) {
    decoder.feed(heap.rewind());
    drain(sink);
  }

  /** Decodes from a direct buffer, as channels read into. */
  @Benchmark
  public void ofDirectBuffer(Blackhole sink) {
    decoder.feed(direct.rewind());
    drain(sink);
  }

  private void drain(Blackhole sink) {
    for (DictCommand command; (command = decoder.next()) != null; ) {
      sink.consume(command);
    }
  }
}

package org.lastlogin.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandEncoder;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures a client's encoding of one command, of BEGIN, SET, COMMIT and LOOKUP sent together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LoginTraffic.COMMANDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class CommandEncoderBenchmark {
  private final DictCommandEncoder encoder =
      DictCommandEncoder.create(DictVersion.V3_2, DictLimits.DEFAULT);
  private final List<DictCommand> commands = LoginTraffic.commands();

  /** Encodes all commands and drains the bytes. */
  @Benchmark
  public ByteBuffer burst() {
    for (DictCommand command : commands) {
      encoder.encode(command);
    }
    return encoder.drain();
  }
}

package org.lastlogin.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictVersion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a server takes to encode one reply and to take its bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class ReplyEncoderBenchmark {
  private final DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);

  /** Fields that are not final, so that the compiler does not know what is encoded. */
  private DictReply accepted = LoginTraffic.accepted(1);

  private DictReply committed = LoginTraffic.committed(1);
  private DictReply found = LoginTraffic.found(1);

  /** {@code *1}: the commit was read. */
  @Benchmark
  public ByteBuffer accepted() {
    encoder.encode(accepted);
    return encoder.drain();
  }

  /** {@code +1 O1} and the times: the commit was made. */
  @Benchmark
  public ByteBuffer committed() {
    encoder.encode(committed);
    return encoder.drain();
  }

  /** {@code +1 O1700000001} and the times: what was looked up. */
  @Benchmark
  public ByteBuffer found() {
    encoder.encode(found);
    return encoder.drain();
  }
}

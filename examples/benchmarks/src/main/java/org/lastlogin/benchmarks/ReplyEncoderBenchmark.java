package org.lastlogin.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
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

/** Measures a server's encoding of one reply, including draining its bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class ReplyEncoderBenchmark {
  private static final int DIFFERENT = 256;

  private final DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);

  private final DictReply[] accepted = replies(LoginTraffic::accepted);
  private final DictReply[] committed = replies(LoginTraffic::committed);
  private final DictReply[] found = replies(LoginTraffic::found);
  private int next;

  /** The replies to this many commands, one after the other. */
  private static DictReply[] replies(LongFunction<DictReply> reply) {
    return LongStream.rangeClosed(1, DIFFERENT).mapToObj(reply).toArray(DictReply[]::new);
  }

  /** Encodes {@code *1}: the commit was read. */
  @Benchmark
  public ByteBuffer accepted() {
    return encodeOneOf(accepted);
  }

  /** Encodes {@code +1 O1} and the times: the commit succeeded. */
  @Benchmark
  public ByteBuffer committed() {
    return encodeOneOf(committed);
  }

  /** Encodes {@code +1 O1700000001} and the times: a value that was looked up. */
  @Benchmark
  public ByteBuffer found() {
    return encodeOneOf(found);
  }

  private ByteBuffer encodeOneOf(DictReply[] replies) {
    next = (next + 1) % DIFFERENT;
    encoder.encode(replies[next]);
    return encoder.drain();
  }
}

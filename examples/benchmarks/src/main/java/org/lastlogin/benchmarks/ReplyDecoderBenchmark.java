package org.lastlogin.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyDecoder;
import org.lastlogin.dictproto.DictReplyEncoder;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures a client's decoding of one reply, of the four to a COMMIT and a LOOKUP. Includes half of
 * the bookkeeping of commands in the conversation and, because replies are numbered, the encoding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LoginTraffic.REPLIES)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class ReplyDecoderBenchmark {
  private final DictConversation conversation = DictConversation.ofClient(DictLimits.DEFAULT);
  private final DictReplyDecoder decoder = DictReplyDecoder.create(conversation);
  private final DictReplyEncoder encoder = DictReplyEncoder.create(DictVersion.V3_2);
  private final List<DictCommand> commands = LoginTraffic.commands();
  private long lastAsyncId;

  /** Sends the HELLO. */
  public ReplyDecoderBenchmark() {
    var unused = conversation.command(LoginTraffic.HELLO);
  }

  /** Sends commands, encodes the replies as a server does, and decodes them. */
  @Benchmark
  public void askedEncodedAndDecoded(Blackhole sink) {
    for (DictCommand command : commands) {
      lastAsyncId = Math.max(lastAsyncId, conversation.command(command));
    }
    decoder.feed(answers(lastAsyncId - 1, lastAsyncId));
    for (DictReply reply; (reply = decoder.next()) != null; ) {
      sink.consume(reply);
    }
  }

  private ByteBuffer answers(long commit, long lookup) {
    encoder.encode(LoginTraffic.accepted(commit));
    encoder.encode(LoginTraffic.committed(commit));
    encoder.encode(LoginTraffic.accepted(lookup));
    encoder.encode(LoginTraffic.found(lookup));
    return encoder.drain();
  }
}

package org.lastlogin.dictproto.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.TransactionCommand;

class DictCodecHandlersTest {
  private static final DictCommand HELLO = new DictCommand.Hello(3, 2, 0, "", "d");
  private static final DictCommand LOOKUP = new DictCommand.Lookup("shared/a", "");
  private static final ReplyTimes TIMES = new ReplyTimes(1_000_002, 3_000_004);

  @Test
  void clientAndServerUnderstandEachOther() {
    assertTalk(
        new EmbeddedChannel(new DictClientCodec(DictVersion.V3_2, DictLimits.DEFAULT)),
        new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT)));
  }

  @Test
  void decodersAndEncodersDoSoOnTheirOwn() {
    DictConversation client = DictConversation.ofClient(DictLimits.DEFAULT);
    DictConversation server = DictConversation.ofServer(DictLimits.DEFAULT);
    assertTalk(
        new EmbeddedChannel(
            new DictReplyDecoderHandler(client),
            new DictCommandEncoderHandler(client, DictVersion.V3_2)),
        new EmbeddedChannel(
            new DictCommandDecoderHandler(server), new DictReplyEncoderHandler(server)));
  }

  private static void assertTalk(EmbeddedChannel client, EmbeddedChannel server) {
    client.writeOutbound(HELLO, LOOKUP);
    server.writeInbound(client.<ByteBuf>readOutbound(), client.<ByteBuf>readOutbound());
    assertThat(server.<DictCommand>readInbound()).isEqualTo(HELLO);
    assertThat(server.<DictCommand>readInbound()).isEqualTo(LOOKUP);

    DictReply found = new DictReply.Found(1, List.of("v"), TIMES);
    server.writeOutbound(new DictReply.Accepted(1), found);
    client.writeInbound(server.<ByteBuf>readOutbound());
    assertThat(client.<DictReply>readInbound()).isEqualTo(new DictReply.Accepted(1));
    assertThat(client.<DictReply>readInbound()).isEqualTo(found);
    assertThat(client.finishAndReleaseAll()).isFalse();
    assertThat(server.finishAndReleaseAll()).isFalse();
  }

  @Test
  void letsEverythingElsePass() {
    for (EmbeddedChannel channel :
        List.of(
            new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT)),
            new EmbeddedChannel(new DictClientCodec(DictVersion.V3_2, DictLimits.DEFAULT)))) {
      channel.writeInbound("in");
      assertThat(channel.<Object>readInbound()).isEqualTo("in");
      channel.writeOutbound("out");
      assertThat(channel.<Object>readOutbound()).isEqualTo("out");
      assertThat(channel.finishAndReleaseAll()).isFalse();
    }
  }

  @Test
  void tellsThatThePeerBrokeARuleAndHandsNothingMoreOn() {
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    assertThatThrownBy(() -> server.writeInbound(bytes("H3\t2\t0\t\td\nC7\nLshared/a\t\n")))
        .isInstanceOf(DictProtocolException.class)
        .hasMessage("COMMIT: there is no open transaction with the id 7");
    assertThat(server.<DictCommand>readInbound()).isEqualTo(HELLO);
    server.writeInbound(bytes("Lshared/a\t\n"));
    assertThat(server.<DictCommand>readInbound()).isNull();

    EmbeddedChannel client =
        new EmbeddedChannel(new DictClientCodec(DictVersion.V3_2, DictLimits.DEFAULT));
    client.writeOutbound(HELLO);
    client.<ByteBuf>readOutbound().release();
    assertThatThrownBy(() -> client.writeInbound(bytes("*1\n")))
        .isInstanceOf(DictProtocolException.class);
  }

  @Test
  void refusesToWriteWhatBreaksARule() {
    EmbeddedChannel client =
        new EmbeddedChannel(new DictClientCodec(DictVersion.V3_2, DictLimits.DEFAULT));
    assertFails(client, LOOKUP, IllegalStateException.class);
    client.writeOutbound(HELLO);
    client.<ByteBuf>readOutbound().release();
    assertFails(client, new TransactionCommand.Commit(1), IllegalStateException.class);
    assertFails(client, new TransactionCommand.Begin(-1, "", 0), IllegalArgumentException.class);
    assertThat(client.<ByteBuf>readOutbound()).isNull();

    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    assertFails(server, new DictReply.Accepted(1), IllegalStateException.class);
    server.writeInbound(bytes("H3\t2\t0\t\td\nLshared/a\t\n"));
    server.writeOutbound(new DictReply.Accepted(1));
    server.<ByteBuf>readOutbound().release();
    assertFails(
        server, new DictReply.Found(1, List.of("\ud800"), TIMES), IllegalArgumentException.class);
    server.writeOutbound(new DictReply.NotFound(1, TIMES));
    assertThat(text(server)).isEqualTo("+1\tN\t1\t2\t3\t4\n");
  }

  @Test
  void repliesGoOnTogetherWhenTheyAreFlushed() {
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    server.writeInbound(bytes("H3\t2\t0\t\td\nLshared/a\t\nLshared/b\t\n"));
    ChannelFuture first = server.write(new DictReply.Accepted(1));
    ChannelFuture second = server.write(new DictReply.NotFound(1, TIMES));
    assertFails(server, new DictReply.NotFound(1, TIMES), IllegalStateException.class);
    ChannelFuture third = server.write(new DictReply.Accepted(2));
    assertThat(List.of(first, second, third)).noneMatch(ChannelFuture::isDone);

    server.flush();
    assertThat(List.of(first, second, third)).allMatch(ChannelFuture::isSuccess);
    assertThat(text(server)).isEqualTo("*1\n+1\tN\t1\t2\t3\t4\n*2\n");
    assertThat(server.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  void manyRepliesGoOnBeforeTheyAreFlushed() {
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    server.writeInbound(bytes("H3\t2\t0\t\td\nI0\t0\tshared/\t\n"));
    var unused = server.write(new DictReply.Accepted(1));
    DictReply row = new DictReply.Row(1, "shared/a", List.of("v".repeat(1000)));
    for (int i = 0; i < 100; i++) {
      unused = server.write(row);
    }
    assertThat(server.unsafe().outboundBuffer().totalPendingWriteBytes())
        .isGreaterThan(100_000 - 10_000);
    server.flush();
    server.releaseOutbound();
  }

  @Test
  void repliesThatAreNotFlushedFailWhenTheChannelCloses() {
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    server.writeInbound(bytes("H3\t2\t0\t\td\nLshared/a\t\n"));
    ChannelFuture accepted = server.write(new DictReply.Accepted(1));
    var unused = server.close();
    assertThat(accepted.cause()).isInstanceOf(ClosedChannelException.class);

    EmbeddedChannel lost = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    lost.writeInbound(bytes("H3\t2\t0\t\td\nLshared/a\t\n"));
    accepted = lost.write(new DictReply.Accepted(1));
    lost.unsafe().close(lost.newPromise());
    lost.runPendingTasks();
    assertThat(accepted.cause()).isInstanceOf(ClosedChannelException.class);
  }

  private static void assertFails(
      EmbeddedChannel channel, Object message, Class<? extends Exception> failure) {
    ChannelFuture written = channel.writeOneOutbound(message);
    assertThat(written.cause()).isInstanceOf(failure);
  }

  @Test
  void handsOnNoMoreCommandsThanMayBePending() {
    DictLimits limits = DictLimits.builder().pendingCommands(2).build();
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(limits));
    server.writeInbound(bytes("H3\t2\t0\t\td\nLa\t\nLb\t\nLc\t\n"));
    assertThat(server.inboundMessages()).hasSize(3);

    server.writeOutbound(new DictReply.Accepted(1), new DictReply.Accepted(2));
    assertThat(server.inboundMessages()).hasSize(3);
    server.writeOutbound(new DictReply.NotFound(2, TIMES));
    assertThat(server.inboundMessages()).hasSize(4);
    server.releaseOutbound();
  }

  @Test
  void handsOnOneCommandAtATimeWhereAnswersComeInOrder() {
    EmbeddedChannel server = new EmbeddedChannel(new DictServerCodec(DictLimits.DEFAULT));
    server.writeInbound(bytes("H2\t0\t0\t\td\nLa\nLb\n"));
    assertThat(server.inboundMessages()).hasSize(2);
    server.writeOutbound(new DictReply.NotFound(1, TIMES));
    assertThat(server.inboundMessages()).hasSize(3);
    assertThat(text(server)).isEqualTo("N\n");
  }

  @Test
  void saysThatAReadIsCompleteAfterCommandsThatHadToWait() {
    DictServerCodec codec = new DictServerCodec(DictLimits.DEFAULT);
    EmbeddedChannel server = new EmbeddedChannel(codec, new LateFlusher(codec.conversation()));
    // Every answer has to be sent before the next command is handed on.
    server.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    server.writeInbound(bytes("H3\t2\t0\t\td\nLa\t\nLb\t\nLc\t\n"));
    for (int i = 1; i <= 3; i++) {
      assertThat(text(server)).isEqualTo("*" + i + "\n");
      assertThat(text(server)).startsWith("+" + i + "\tN\t");
    }
  }

  @Test
  void handsNothingOnAndReadsNothingWhileTheClientDoesNotRead() {
    ReadCounter reads = new ReadCounter();
    EmbeddedChannel server = new EmbeddedChannel(reads, new DictServerCodec(DictLimits.DEFAULT));
    server.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    server.writeInbound(bytes("H3\t2\t0\t\td\nLa\t\n"));
    ChannelFuture unflushed = server.write(new DictReply.Accepted(1));
    assertThat(unflushed).isNotDone();
    assertThat(server.isWritable()).isFalse();

    server.writeInbound(bytes("Lb\t\n"));
    assertThat(server.inboundMessages()).hasSize(2);
    int before = reads.count;
    server.read();
    assertThat(reads.count).isEqualTo(before);

    server.flush();
    assertThat(server.isWritable()).isTrue();
    assertThat(server.inboundMessages()).hasSize(3);
    assertThat(reads.count).isGreaterThan(before);
    server.releaseOutbound();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static String text(EmbeddedChannel channel) {
    ByteBuf bytes = channel.readOutbound();
    try {
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      bytes.release();
    }
  }

  /** Answers at once, but flushes only when there is no more to read, as many handlers do. */
  private static final class LateFlusher extends SimpleChannelInboundHandler<DictCommand> {
    private final DictConversation conversation;

    LateFlusher(DictConversation conversation) {
      this.conversation = conversation;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DictCommand command) {
      if (command.type().answer() != null) {
        long asyncId = conversation.lastAsked();
        var unused = ctx.write(new DictReply.Accepted(asyncId), ctx.voidPromise());
        unused = ctx.write(new DictReply.NotFound(asyncId, TIMES), ctx.voidPromise());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }
  }

  /** Counts the reads of the channel. */
  private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) {
      count++;
      ctx.read();
    }
  }
}

package org.lastlogin.embedding;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.netty.DictServerCodec;

/**
 * A daemon that answers Dovecot's lookups from a map, with the codec's handlers in a Netty
 * pipeline. Safe for use by any number of threads.
 *
 * <p>To start it after {@code mvn -DskipTests package}, and to ask it with Dovecot 2.3's {@code
 * doveadm}, which prints {@code world} (the jar of the other example brings the libraries along):
 *
 * <pre>{@code
 * java -cp examples/codec-embedding/target/classes:examples/dict-daemon/target/lastlogin-dictd.jar \
 *   org.lastlogin.embedding.NettyDictDaemon /tmp/hello.dict
 * doveadm dict get proxy:/tmp/hello.dict:any shared/hello
 * }</pre>
 */
public final class NettyDictDaemon implements AutoCloseable {
  private final SocketFile socket;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /** A daemon that listens at a Unix socket and answers at once. */
  public NettyDictDaemon(Path socket, Map<String, String> values) throws IOException {
    MapAnswers answers = new MapAnswers(values);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<NioDomainSocketChannel>() {
                  @Override
                  protected void initChannel(NioDomainSocketChannel channel) {
                    DictServerCodec codec = new DictServerCodec(DictLimits.DEFAULT);
                    channel.pipeline().addLast(codec, new Answerer(codec.conversation(), answers));
                  }
                });
    try {
      this.socket = SocketFile.create(socket, address -> bind(bootstrap, address));
    } catch (IOException e) {
      stopLoop(); // Its thread would keep the program alive.
      throw new IOException("Cannot listen at " + socket, e);
    }
  }

  private static void bind(ServerBootstrap bootstrap, UnixDomainSocketAddress address)
      throws IOException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause());
    }
  }

  @Override
  public void close() throws IOException {
    if (!loop.isShuttingDown()) {
      try {
        socket.remove();
      } finally {
        stopLoop();
      }
    }
  }

  private void stopLoop() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Serves a map of one key at the socket that is named, until the program is killed. */
  public static void main(String[] args) throws IOException {
    // The thread of its event loop keeps the program alive.
    new NettyDictDaemon(Path.of(args[0]), Map.of("shared/hello", "world"));
  }

  /** Behind the codec, commands come in and replies go out. */
  private static final class Answerer extends SimpleChannelInboundHandler<DictCommand> {
    private final DictConversation conversation;
    private final MapAnswers answers;

    Answerer(DictConversation conversation, MapAnswers answers) {
      this.conversation = conversation;
      this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DictCommand command) {
      // HELLO is not answered. It names one of a server's dicts; here is but one, by any name.
      if (command.type().answer() != null) {
        // The codec numbers a command and hands it on before it looks at the next.
        long asyncId = conversation.lastAsked();
        // From version 2.1 on a client must first hear that its command was read; answers may then
        // come in any order. The encoder leaves this out for older clients, who get them in order.
        write(ctx, new DictReply.Accepted(asyncId));
        write(ctx, answers.to(asyncId, command));
      }
    }

    private static void write(ChannelHandlerContext ctx, DictReply reply) {
      // What cannot be written comes to exceptionCaught.
      var unused = ctx.write(reply, ctx.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      System.err.println("A client is disconnected: " + cause.getMessage());
      ctx.flush(); // What was asked before is still answered.
      var unused = ctx.close();
    }
  }
}

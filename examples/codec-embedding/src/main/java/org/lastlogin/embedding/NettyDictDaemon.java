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
 * Daemon that answers Dovecot's lookups from a map, with the codec's handlers in a Netty pipeline.
 * Thread-safe.
 *
 * <p>To start it after {@code mvn -DskipTests package}, and to look a key up with Dovecot 2.3's
 * {@code doveadm}, which prints {@code world} (the jar of the other example contains the
 * libraries):
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

  /** Starts a daemon that listens at a Unix socket. */
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
      stopLoop(); // Otherwise its thread would keep the program alive.
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

  /** Serves a map of one key at the given socket, until the program is killed. */
  public static void main(String[] args) throws IOException {
    // The thread of its event loop keeps the program alive.
    new NettyDictDaemon(Path.of(args[0]), Map.of("shared/hello", "world"));
  }

  /** Answers the commands that the codec has decoded. */
  private static final class Answerer extends SimpleChannelInboundHandler<DictCommand> {
    private final DictConversation conversation;
    private final MapAnswers answers;

    Answerer(DictConversation conversation, MapAnswers answers) {
      this.conversation = conversation;
      this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DictCommand command) {
      // HELLO has no answer. It names one of a server's dicts; this server has one, by any name.
      if (command.type().answer() != null) {
        // The codec numbers a command and passes it on before it decodes the next.
        long asyncId = conversation.lastAsked();
        // From version 2.1 on, a server first confirms that it has read the command; answers may
        // then come in any order. The encoder omits this for older clients, whose answers come in
        // order.
        write(ctx, new DictReply.Accepted(asyncId));
        write(ctx, answers.to(asyncId, command));
      }
    }

    private static void write(ChannelHandlerContext ctx, DictReply reply) {
      // A failed write ends in exceptionCaught.
      var unused = ctx.write(reply, ctx.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      System.err.println("Disconnecting a client: " + cause.getMessage());
      ctx.flush(); // Sends the answers to earlier commands.
      var unused = ctx.close();
    }
  }
}

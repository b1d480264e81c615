package org.lastlogin.dictproto.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Allows a client of a Unix socket to shut its sending side down and still get its answers.
 *
 * <p>Netty supports half-closure for TCP alone: it closes a Unix socket as soon as a read reaches
 * the end of the input, whatever its configuration allows. Netty reports the result of a read
 * through the receive buffer's allocator. So this allocator reports the end as a read of no bytes,
 * stops reading, and fires the event that Netty fires for TCP. A client that has left altogether
 * looks the same until something is written to it; what it has committed is carried out in either
 * case. To be used on the channel's event loop alone.
 */
// Netty has deprecated Handle in favour of an extension that its channels do not ask for.
@SuppressWarnings("deprecation")
final class UnixHalfClosure implements RecvByteBufAllocator {
  private final Channel channel;
  private final RecvByteBufAllocator allocator;

  UnixHalfClosure(Channel channel, AdaptiveRecvByteBufAllocator allocator) {
    this.channel = channel;
    this.allocator = allocator;
  }

  @Override
  public Handle newHandle() {
    return new EndWatch(allocator.newHandle());
  }

  /** Hides the end of the input from Netty. */
  private final class EndWatch extends DelegatingHandle {
    private boolean ended;

    EndWatch(Handle handle) {
      super(handle);
    }

    @Override
    public void lastBytesRead(int bytes) {
      ended = bytes < 0;
      super.lastBytesRead(Math.max(bytes, 0));
    }

    @Override
    public void readComplete() {
      super.readComplete();
      if (ended) {
        ended = false;
        channel.config().setAutoRead(false);
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      }
    }
  }
}

package io.quorate.gateway.listener;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;

/** Closes a connection that is one too many, before anything is read from it. Thread-safe. */
final class ConnectionLimit implements ChannelPipelineConfigurer {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int max) {
        this.max = max;
    }

    int open() {
        return open.get();
    }

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel,
            @Nullable SocketAddress remote) {
        boolean tooMany = open.incrementAndGet() > max;
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (tooMany) {
            var unused = channel.close();
        }
    }
}

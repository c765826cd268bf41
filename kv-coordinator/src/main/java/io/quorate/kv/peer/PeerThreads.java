package io.quorate.kv.peer;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops of a node's peer connections, both ways, and the timer that looks after them. */
public final class PeerThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final EventLoopGroup loops;
    private final ScheduledExecutorService timer;

    /**
     * Starts the threads.
     *
     * @param nodeId for their names
     * @param count  event loops
     */
    public PeerThreads(String nodeId, int count) {
        loops = new MultiThreadIoEventLoopGroup(count, named("peer-io-" + nodeId),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        timer = Executors.newSingleThreadScheduledExecutor(named("peer-timer-" + nodeId));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> Thread.ofPlatform().daemon(true)
                .name(prefix + "-" + count.getAndIncrement()).unstarted(task);
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Tasks of the connections that are due some time; they return at once. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    static Class<? extends Channel> channelType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    static Class<? extends ServerChannel> serverChannelType() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Ends the threads, after the server and the connections that use them were closed. */
    @Override
    public void close() {
        timer.shutdownNow();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}

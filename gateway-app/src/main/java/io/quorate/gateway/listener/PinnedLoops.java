package io.quorate.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of all listeners: epoll where the system has it, else NIO, and never what happens
 * to lie on the class path (Reactor Netty takes io_uring by itself). One loop per processor, two at
 * least. Blocking calls on them are refused by Reactor. Safe for any thread.
 */
public final class PinnedLoops implements LoopResources {
    private final boolean epoll;
    private final EventLoopGroup loops;

    /** Starts no thread before the first connection. */
    public PinnedLoops() {
        this.epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> new LoopThread(task, "http-" + number.incrementAndGet());
        this.loops = new MultiThreadIoEventLoopGroup(
                Math.max(2, Runtime.getRuntime().availableProcessors()), threads, io);
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops;
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        if (type == SocketChannel.class) {
            return type.cast(epoll ? new EpollSocketChannel() : new NioSocketChannel());
        }
        if (type == ServerSocketChannel.class) {
            return type.cast(epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel());
        }
        throw new IllegalArgumentException("no channel of " + type);
    }

    @Override
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type,
            EventLoopGroup group) {
        if (type == SocketChannel.class) {
            return (epoll ? EpollSocketChannel.class : NioSocketChannel.class).asSubclass(type);
        }
        if (type == ServerSocketChannel.class) {
            return (epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                    .asSubclass(type);
        }
        throw new IllegalArgumentException("no channel of " + type);
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(sink -> loops
                .shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(),
                        TimeUnit.MILLISECONDS)
                .addListener(stopped -> sink.success()));
    }

    /** Reactor refuses to block on it. */
    private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {
        LoopThread(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }
}

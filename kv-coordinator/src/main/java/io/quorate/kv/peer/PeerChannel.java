package io.quorate.kv.peer;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to an address, made again when it breaks. Safe for any thread. */
final class PeerChannel {
    private static final Logger log = LoggerFactory.getLogger(PeerChannel.class);
    /** The first pause after a failed connection attempt, as a part of the longest. */
    private static final int FIRST_PAUSE_PART = 20;
    /** How long a closed connection may take to end. */
    static final int END_SECONDS = 1;
    /** gRPC does not probe an idle connection more often than this. */
    private static final Duration PROBE = Duration.ofSeconds(10);

    private final String target;
    private final PeerAddress address;
    private final PeerSetup setup;
    private final ManagedChannel connection;
    private final Channel channel;
    private long pauseMillis;

    /** @throws IllegalArgumentException if plaintext is not allowed to that address */
    PeerChannel(LocalNode self, String target, PeerAddress address, PeerSetup setup) {
        PeerLimits limits = setup.limits();
        this.target = target;
        this.address = address;
        this.setup = setup;
        this.connection = NettyChannelBuilder
                .forAddress(address.host(), address.port(),
                        new PeerCredentials(setup.security()).client(address))
                .channelType(PeerThreads.channelType(), null)
                .eventLoopGroup(setup.threads().loops()).directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connect().toMillis()))
                .maxInboundMessageSize(limits.messageBytes())
                .flowControlWindow(limits.window())
                .keepAliveTime(PROBE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(limits.silence().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true).disableRetry().build();
        this.channel = ClientInterceptors.intercept(connection,
                new HeaderInterceptor(self, target));
        this.pauseMillis = firstPause();
        watch(ConnectivityState.IDLE);
    }

    private long firstPause() {
        return setup.limits().reconnect().toMillis() / FIRST_PAUSE_PART;
    }

    PeerAddress address() {
        return address;
    }

    Channel channel() {
        return channel;
    }

    private void watch(ConnectivityState last) {
        connection.notifyWhenStateChanged(last, this::changed);
    }

    private void changed() {
        ConnectivityState now = connection.getState(false);
        switch (now) {
            case READY -> {
                if (!target.isEmpty()) {
                    log.info("peer connected node={} address={}", target, address);
                }
                pause(0);
            }
            case TRANSIENT_FAILURE -> retryAfterPause();
            case IDLE, CONNECTING, SHUTDOWN -> {
            }
        }
        if (now != ConnectivityState.SHUTDOWN) {
            watch(now);
        }
    }

    /** gRPC's own pauses grow to two minutes; a node that is back is wanted at once. */
    private void retryAfterPause() {
        long pause = pause(1);
        try {
            var unused = setup.threads().timer().schedule(connection::resetConnectBackoff, pause,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException nodeIsStopping) {
            log.debug("no further connection attempt address={}", address, nodeIsStopping);
        }
    }

    /** The pause due now; the next one is twice as long, or the first again. */
    private synchronized long pause(int failures) {
        long due = pauseMillis;
        pauseMillis = failures == 0
                ? firstPause()
                : Math.min(due * 2, setup.limits().reconnect().toMillis());
        return due;
    }

    /** Leaves a connection that does not answer; the next call makes another. */
    void breakUp() {
        connection.enterIdle();
    }

    void close() {
        connection.shutdownNow();
    }

    /** Waits until nothing of the closed connection needs the event loops any more. */
    void awaitEnd() {
        try {
            if (!connection.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                log.warn("peer connection still ends address={}", address);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

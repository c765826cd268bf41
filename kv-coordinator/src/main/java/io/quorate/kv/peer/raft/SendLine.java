package io.quorate.kv.peer.raft;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.peer.PeerHeaders;
import io.quorate.kv.peer.PeerLimits;
import io.quorate.kv.peer.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue to one peer and the stream that empties it, opened again whenever it ends. Whoever adds a message sends what
 * waits, unless somebody does so already. Safe for any thread.
 */
final class SendLine implements SendStream.Owner {
    private static final Logger log = LoggerFactory.getLogger(SendLine.class);
    /** The first pause after a stream ended, as a part of the longest. */
    private static final int FIRST_PAUSE_PART = 50;

    /**
     * Which line it is.
     *
     * @param node    the peer
     * @param purpose for the log
     * @param lane    the connection
     * @param silence after which the connection counts as broken
     */
    record Route(String node, String purpose, Lane lane, Duration silence) {}

    private final Route route;
    private final SendQueue queue;
    private final PeerConnections connections;
    private final LineListener listener;
    private final ScheduledExecutorService timer;
    private final PeerLimits limits;
    private final AtomicInteger senders = new AtomicInteger();
    private volatile @Nullable SendStream stream;
    private @Nullable Channel channel;
    private boolean opening;
    private boolean closed;
    private long pauseMillis;

    SendLine(Route route, SendQueue queue, PeerConnections connections, LineListener listener) {
        this.route = route;
        this.queue = queue;
        this.connections = connections;
        this.listener = listener;
        this.timer = connections.setup().threads().timer();
        this.limits = connections.setup().limits();
        this.pauseMillis = firstPause();
    }

    private long firstPause() {
        return limits.reconnect().toMillis() / FIRST_PAUSE_PART;
    }

    void send(RaftFrame.Message message) {
        SendStream present = stream;
        int dropped = queue.add(message, present != null && present.isAccepted());
        if (dropped > 0) {
            listener.dropped(route.node(), dropped);
        }
        if (present == null) {
            openAfter(0);
        } else {
            drain();
        }
    }

    private void drain() {
        if (senders.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            SendStream present = stream;
            if (present != null) {
                drain(present);
            }
            seen = senders.addAndGet(-seen);
        } while (seen != 0);
    }

    private void drain(SendStream to) {
        while (!queue.isEmpty()) {
            if (!to.takesMore()) {
                to.blocked();
                return;
            }
            List<RaftFrame.Message> messages = queue.next();
            if (!messages.isEmpty()) {
                to.send(messages);
                listener.sent(route.node(), messages.size());
            }
        }
    }

    private void openAfter(long millis) {
        synchronized (this) {
            if (opening || closed) {
                return;
            }
            opening = true;
        }
        try {
            var unused = timer.schedule(this::open, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException nodeIsStopping) {
            log.debug("no stream is opened peer={}", route.node(), nodeIsStopping);
        }
    }

    private void open() {
        Optional<Channel> to = find();
        SendStream opened;
        synchronized (this) {
            opening = false;
            if (closed || stream != null || to.isEmpty()) {
                return;
            }
            channel = to.get();
            opened = new SendStream(to.get().newCall(CarryMethod.DESCRIPTOR,
                    CallOptions.DEFAULT.withWaitForReady()), this);
            stream = opened;
        }
        opened.open();
        drain();
    }

    private Optional<Channel> find() {
        try {
            return connections.channel(route.node(), route.lane());
        } catch (IllegalArgumentException notAllowed) {
            log.warn("no connection peer={} reason={}", route.node(), notAllowed.getMessage());
            return Optional.empty();
        }
    }

    /** Looks after the stream; called by the timer. */
    void check() {
        SendStream present = stream;
        if (present == null) {
            return;
        }
        if (present.isSilent(route.silence())) {
            log.warn("peer is silent, connection given up peer={} stream={}", route.node(),
                    route.purpose());
            present.cancel("the peer is silent");
            connections.breakUp(route.node(), route.lane());
        } else if (hasMoved()) {
            present.cancel("the peer has another address");
        }
    }

    private boolean hasMoved() {
        Optional<Channel> now = find();
        synchronized (this) {
            return !now.equals(Optional.ofNullable(channel));
        }
    }

    @Override
    public void ready() {
        drain();
    }

    @Override
    public void accepted(SendStream which) {
        synchronized (this) {
            pauseMillis = firstPause();
        }
        log.info("peer accepts stream peer={} stream={}", route.node(), route.purpose());
        listener.accepted(route.node());
    }

    @Override
    public void closed(SendStream which, Status status, Metadata trailers) {
        long pause;
        synchronized (this) {
            if (stream != which) {
                return;
            }
            stream = null;
            pause = pauseMillis;
            pauseMillis = Math.min(2 * pause, limits.reconnect().toMillis());
        }
        queue.clear();
        Optional<Refusal> refusal = PeerHeaders.refusal(trailers);
        if (refusal.isPresent()) {
            pause = limits.refused().toMillis();
            log.warn("peer refuses this node peer={} stream={} reason={} detail={}", route.node(),
                    route.purpose(), refusal.get().reason(), refusal.get().detail());
        } else if (which.isAccepted()) {
            log.info("stream ended peer={} stream={} status={}", route.node(), route.purpose(),
                    status.getCode());
        }
        openAfter(pause);
    }

    void close() {
        SendStream last;
        synchronized (this) {
            closed = true;
            last = stream;
            stream = null;
        }
        queue.clear();
        if (last != null) {
            last.cancel("the transport was closed");
        }
    }
}

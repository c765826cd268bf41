package io.quorate.kv.peer.raft;

import io.grpc.BindableService;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.raft.hazelcast.RaftTransport;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Raft messages over gRPC. Nodes whose address is not known are not reached; those that move are followed. Messages are
 * attributed to the node that the handshake found at the other end.
 *
 * <p>
 * Queues are bounded (ControlQueue, AppendQueue); beside them gRPC holds about one frame a stream. A group hears
 * {@link Receiver#connected} when a peer accepts a stream, for what was sent before may be lost.
 */
public final class GrpcRaftTransport implements RaftTransport, AutoCloseable {
    /** How often streams are looked after. */
    private static final Duration CHECK_PERIOD = Duration.ofMillis(250);

    private final PeerConnections connections;
    private final RaftReceivers receivers = new RaftReceivers();
    private final Map<String, PeerLines> peers = new ConcurrentHashMap<>();
    private final LongAdder sentFrames = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final LongAdder droppedMessages = new LongAdder();
    private final LongAdder acceptedStreams = new LongAdder();
    private final ScheduledFuture<?> check;

    /**
     * What was sent since the start.
     *
     * @param messages        handed to connections
     * @param frames          in which they travelled together
     * @param dropped         messages given up at a bound or without a stream
     * @param acceptedStreams how often a peer accepted a stream
     */
    public record Traffic(long messages, long frames, long dropped, long acceptedStreams) {}

    public GrpcRaftTransport(PeerConnections connections) {
        this.connections = connections;
        this.check = connections.setup().threads().timer().scheduleWithFixedDelay(this::check,
                CHECK_PERIOD.toMillis(), CHECK_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the node's {@link io.quorate.kv.peer.PeerServer} is to host for peers. */
    public BindableService service() {
        return new RaftMessageService(receivers);
    }

    /** What was sent so far. */
    public Traffic traffic() {
        return new Traffic(sentMessages.sum(), sentFrames.sum(), droppedMessages.sum(),
                acceptedStreams.sum());
    }

    @Override
    public void send(String target, int groupId, byte[] message) {
        PeerLines lines = peers.get(target);
        if (lines == null) {
            lines = reach(target);
        }
        if (lines == null) {
            droppedMessages.increment();
        } else {
            lines.lineFor(MessageType.of(message)).send(new RaftFrame.Message(groupId, message));
        }
    }

    private @Nullable PeerLines reach(String target) {
        return connections.knows(target)
                ? peers.computeIfAbsent(target,
                        node -> new PeerLines(node, connections, new Counter()))
                : null;
    }

    @Override
    public Registration register(int groupId, Receiver receiver) {
        return receivers.register(groupId, receiver);
    }

    private void check() {
        peers.forEach((node, lines) -> {
            if (connections.knows(node)) {
                lines.all().forEach(SendLine::check);
            } else if (peers.remove(node, lines)) {
                lines.all().forEach(SendLine::close);
                connections.forget(node);
            }
        });
    }

    @Override
    public void close() {
        check.cancel(false);
        peers.values().forEach(lines -> lines.all().forEach(SendLine::close));
        peers.clear();
    }

    private final class Counter implements LineListener {
        @Override
        public void sent(String node, int messages) {
            sentFrames.increment();
            sentMessages.add(messages);
        }

        @Override
        public void dropped(String node, int messages) {
            droppedMessages.add(messages);
        }

        @Override
        public void accepted(String node) {
            acceptedStreams.increment();
            receivers.connected(node);
        }
    }
}

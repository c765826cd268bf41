package io.quorate.kv.peer.call;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.PeerException;
import io.quorate.kv.Value;
import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.peer.wire.CallRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Requests between nodes over gRPC. A call fails at once while the node is not reached. What fails with
 * {@link PeerException.Reach#NOT_SENT} was never given to a connection, or was refused by the node before it was read.
 *
 * <p>
 * Calls under way to one node are bounded by {@value #IN_FLIGHT_MAX}; those beyond fail with {@code Overloaded}.
 */
public final class GrpcPeerCalls implements PeerCalls {
    /** Below the streams that a connection carries, so that none waits for another to end. */
    static final int IN_FLIGHT_MAX = 4_000;

    private final PeerConnections connections;
    private final Map<Kind, Handler> handlers = new EnumMap<>(Kind.class);
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

    public GrpcPeerCalls(PeerConnections connections) {
        this.connections = connections;
    }

    /** What the node's {@link io.quorate.kv.peer.PeerServer} is to host for peers. */
    public BindableService service() {
        return new PeerRequestService(this::handler);
    }

    @Override
    public void serve(Kind kind, Handler handler) {
        synchronized (handlers) {
            if (handlers.putIfAbsent(kind, handler) != null) {
                throw new IllegalStateException("requests of kind " + kind + " are served already");
            }
        }
    }

    private @Nullable Handler handler(Kind kind) {
        synchronized (handlers) {
            return handlers.get(kind);
        }
    }

    @Override
    public Mono<Value> call(String node, Kind kind, int group, Value request) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            if (deadline.hasPassed()) {
                return notSent(node, new TimeoutException("the deadline has passed"));
            }
            AtomicInteger underWay = inFlight.computeIfAbsent(node, id -> new AtomicInteger());
            if (underWay.incrementAndGet() > IN_FLIGHT_MAX) {
                underWay.decrementAndGet();
                return Mono.error(new KvFailure.Overloaded("peer.calls").asException());
            }
            return ask(node, deadline, CallRequest.newBuilder().setKind(CallKinds.encode(kind))
                    .setGroup(group)
                    .setRequest(UnsafeByteOperations.unsafeWrap(request.shared())).build())
                    .doFinally(end -> underWay.decrementAndGet());
        });
    }

    private Mono<Value> ask(String node, Deadline deadline, CallRequest request) {
        Channel channel;
        try {
            channel = connections.channel(node, Lane.CONTROL).orElse(null);
        } catch (IllegalArgumentException | IllegalStateException noConnection) {
            return notSent(node, noConnection);
        }
        return channel == null
                ? notSent(node,
                        new IllegalStateException("no address of node " + node + " is known"))
                : OutgoingCall.make(channel, node, deadline, request);
    }

    private static Mono<Value> notSent(String node, Exception cause) {
        return Mono.error(new PeerException(node, PeerException.Reach.NOT_SENT, cause));
    }
}

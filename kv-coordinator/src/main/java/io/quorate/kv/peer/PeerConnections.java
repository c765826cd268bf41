package io.quorate.kv.peer;

import io.grpc.Channel;
import io.quorate.kv.Deadline;
import io.quorate.kv.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Connections to other nodes: for each at most one a {@link Lane}, made when first used and again when it breaks or the
 * node's address changes. Every call says who makes it and whom it means; the other node refuses if either is not so
 * (a {@link Refusal} in the trailers, {@link PeerHeaders#refusal}). Safe for any thread; nothing blocks.
 */
public final class PeerConnections implements AutoCloseable {
    private final LocalNode self;
    private final PeerAddresses addresses;
    private final PeerSetup setup;
    private final Map<Key, PeerChannel> open = new HashMap<>();
    /** To addresses whose node is not known yet. */
    private final Set<PeerChannel> strange = new HashSet<>();
    private boolean closed;

    private record Key(String nodeId, Lane lane) {}

    public PeerConnections(LocalNode self, PeerAddresses addresses, PeerSetup setup) {
        this.self = self;
        this.addresses = addresses;
        this.setup = setup;
    }

    /** This node. */
    public LocalNode self() {
        return self;
    }

    /** What all connections have in common. */
    public PeerSetup setup() {
        return setup;
    }

    /**
     * The connection to a node, whether it stands or not; calls wait for it while it is being made and fail when it
     * cannot be. Empty if the node's address is not known.
     *
     * @throws IllegalArgumentException if plaintext is not allowed to that address
     * @throws IllegalStateException    if this was closed
     */
    public Optional<Channel> channel(String nodeId, Lane lane) {
        Optional<PeerAddress> address = addresses.addressOf(nodeId);
        return address.map(present -> connection(new Key(nodeId, lane), present).channel());
    }

    /** Whether the node's address is known. */
    public boolean knows(String nodeId) {
        return addresses.addressOf(nodeId).isPresent();
    }

    private synchronized PeerChannel connection(Key key, PeerAddress address) {
        requireOpen();
        PeerChannel present = open.get(key);
        if (present != null && present.address().equals(address)) {
            return present;
        }
        PeerChannel made = new PeerChannel(self, key.nodeId(), address, setup);
        open.put(key, made);
        if (present != null) {
            present.close();
        }
        return made;
    }

    /** Breaks a connection that does not answer; the next call makes another. */
    public void breakUp(String nodeId, Lane lane) {
        PeerChannel present = find(new Key(nodeId, lane));
        if (present != null) {
            present.breakUp();
        }
    }

    private synchronized @Nullable PeerChannel find(Key key) {
        return open.get(key);
    }

    /** Closes what is open to a node that is no member any more. */
    public void forget(String nodeId) {
        for (Lane lane : Lane.values()) {
            PeerChannel gone = remove(new Key(nodeId, lane));
            if (gone != null) {
                gone.close();
            }
        }
    }

    private synchronized @Nullable PeerChannel remove(Key key) {
        return open.remove(key);
    }

    /**
     * Asks whoever is at an address who it is, on a connection of its own, within the {@link Deadline} of
     * the Reactor Context. Fails with {@link PeerRefusedException} or a {@link io.grpc.StatusRuntimeException}.
     */
    public Mono<Hello> hello(PeerAddress address) {
        return Mono.deferContextual(context -> HelloCall.ask(strange(address),
                this::leave, Deadline.of(context)));
    }

    /**
     * Asks whoever is at an address about the membership, on a connection of its own, within the {@link Deadline} of
     * the Reactor Context. Fails as {@link #hello} does.
     */
    public Mono<Value> ask(PeerAddress address, Value question) {
        return Mono.deferContextual(context -> AskCall.ask(strange(address),
                this::leave, question, Deadline.of(context)));
    }

    private synchronized PeerChannel strange(PeerAddress address) {
        requireOpen();
        PeerChannel channel = new PeerChannel(self, "", address, setup);
        strange.add(channel);
        return channel;
    }

    private void leave(PeerChannel channel) {
        synchronized (this) {
            strange.remove(channel);
        }
        channel.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the connections were closed");
        }
    }

    /** Ends all calls and returns when the connections are gone, or after {@value PeerChannel#END_SECONDS} s. */
    @Override
    public void close() {
        List<PeerChannel> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(open.values());
            all.addAll(strange);
            open.clear();
        }
        all.forEach(PeerChannel::close);
        all.forEach(PeerChannel::awaitEnd);
    }
}

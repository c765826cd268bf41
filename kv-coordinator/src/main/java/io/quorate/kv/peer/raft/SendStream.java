package io.quorate.kv.peer.raft;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.quorate.kv.peer.wire.RaftReceipt;
import java.time.Duration;
import java.util.List;

/**
 * One stream to a peer from its opening to its end. {@link #send} is called by one thread at a time, everything else by
 * any.
 */
final class SendStream extends ClientCall.Listener<RaftReceipt> {
    /** A receipt is asked for at most so often, and missed after {@link #isSilent}'s bound. */
    private static final long RECEIPT_PERIOD_NANOS = Duration.ofMillis(500).toNanos();

    /** Told what becomes of the stream. */
    interface Owner {
        /** The connection takes more; called on an event loop. */
        void ready();

        /** The peer has accepted the stream. */
        void accepted(SendStream stream);

        /** The stream is over; nothing more comes. */
        void closed(SendStream stream, Status status, Metadata trailers);
    }

    private final ClientCall<RaftFrame, RaftReceipt> call;
    private final Owner owner;
    private volatile boolean open;
    private volatile boolean accepted;
    private volatile long askedAt;
    private volatile boolean awaiting;
    private volatile boolean blocked;
    private volatile long blockedAt;

    SendStream(ClientCall<RaftFrame, RaftReceipt> call, Owner owner) {
        this.call = call;
        this.owner = owner;
    }

    void open() {
        call.start(this, new Metadata());
        call.request(Integer.MAX_VALUE);
        call.sendMessage(RaftFrame.OPENING);
        open = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Whether the connection stands and takes more; if not, {@link Owner#ready} follows when it does. */
    boolean takesMore() {
        return open && call.isReady();
    }

    void send(List<RaftFrame.Message> messages) {
        blocked = false;
        long now = System.nanoTime();
        boolean ask = !awaiting && now - askedAt >= RECEIPT_PERIOD_NANOS;
        if (ask) {
            askedAt = now;
            awaiting = true;
        }
        call.sendMessage(new RaftFrame(messages, ask));
    }

    /** Notes that messages wait for the connection. */
    void blocked() {
        if (!blocked) {
            blockedAt = System.nanoTime();
            blocked = true;
        }
    }

    /** Whether the peer has not taken what it was sent for longer than the bound. */
    boolean isSilent(Duration bound) {
        long now = System.nanoTime();
        boolean unanswered = awaiting && now - askedAt > bound.toNanos();
        boolean stuck = accepted && blocked && now - blockedAt > bound.toNanos();
        return unanswered || stuck;
    }

    void cancel(String why) {
        call.cancel(why, null);
    }

    /** The connection stands: from now on the receipt for the opening frame may be missed. */
    @Override
    public void onReady() {
        if (!accepted && !awaiting) {
            askedAt = System.nanoTime();
            awaiting = true;
        }
        owner.ready();
    }

    @Override
    public void onMessage(RaftReceipt receipt) {
        awaiting = false;
        if (!accepted) {
            accepted = true;
            owner.accepted(this);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        owner.closed(this, status, trailers);
    }
}

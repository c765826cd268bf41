package io.quorate.kv;

/** A node was asked and there was no answer. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reach reach;

    /** How far the request may have come. */
    public enum Reach {
        /** It never left this node: nothing can have happened. */
        NOT_SENT,
        /** It may have arrived: what it asked for may happen yet. */
        MAYBE_ARRIVED
    }

    /**
     * Says that a node did not answer.
     *
     * @param node the node id
     */
    public PeerException(String node, Reach reach, Throwable cause) {
        super("node " + node + " did not answer: " + reach, cause);
        this.reach = reach;
    }

    /** How far the request may have come. */
    public Reach reach() {
        return reach;
    }
}

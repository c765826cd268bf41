package io.quorate.kv.raft;

/**
 * Carries {@code Confirm{group, term, round}} to the other voters and their answers back. A peer
 * answers if and only if the term it has published equals the message's; a term is published before
 * a vote for it leaves the node, so an answer proves that no later leader had that peer's vote when
 * the question reached it. Messages may be lost, repeated or late. Safe for any thread.
 */
public interface ConfirmChannel {
    /** Asks every other voter to confirm the term. */
    void broadcast(long term, long round);

    /** Sets the one listener of answers, called on any thread; it must not block. */
    void onConfirmed(Listener listener);

    /** Hears answers. */
    @FunctionalInterface
    interface Listener {
        /** The voter had the term when the question of this round reached it. */
        void confirmed(String voter, long term, long round);
    }
}

package io.quorate.sqs.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads of the store that are on their way, and the lowest position at which something appeared behind
 * the cursor since each began: the read may have missed it, so it counts only as far as there. Guarded
 * by the window.
 */
final class Reading<C extends Comparable<C>> {
    private final List<Ticket<C>> open = new ArrayList<>(2);

    /**
     * One read.
     *
     * @param <C> what positions are
     */
    static final class Ticket<C> {
        private final C from;
        private C trustedTo;

        private Ticket(C from, C end) {
            this.from = from;
            this.trustedTo = end;
        }

        /** Where it begins. */
        C from() {
            return from;
        }
    }

    Ticket<C> begin(C from, C end) {
        Ticket<C> ticket = new Ticket<>(from, end);
        open.add(ticket);
        return ticket;
    }

    /** Something appeared in the store, unseen in memory. */
    void appeared(C position) {
        for (Ticket<C> ticket : open) {
            if (position.compareTo(ticket.trustedTo) < 0) {
                ticket.trustedTo = position;
            }
        }
    }

    /**
     * Ends a read that found all there was before {@code next}; returns how far it can be trusted, or
     * empty if it was begun elsewhere.
     */
    Optional<C> end(Ticket<C> ticket, C next) {
        if (!open.remove(ticket)) {
            return Optional.empty();
        }
        return Optional.of(ticket.trustedTo.compareTo(next) < 0 ? ticket.trustedTo : next);
    }
}

package io.quorate.sqs.window;

import io.quorate.sqs.window.Reading.Ticket;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lanes in memory, and whose turn it is. Lanes are found in the store in order of their names,
 * round after round while there are more than fit in memory. Guarded by its window.
 *
 * @param <L> a lane
 */
final class Lanes<L> {
    /** Most lanes in memory of one queue. */
    static final int BOUND = 1_024;
    /** Comes after every lane's name: no name holds this character. */
    static final String END = "\uffff";

    private final Map<String, L> lanes = new HashMap<>();
    private final LinkedHashSet<String> turns = new LinkedHashSet<>();
    private final Reading<String> reading = new Reading<>();
    /** Lanes up to it were found; null before the first. */
    private @Nullable String found;
    /** Whether some were left out, so that the search begins again when it has ended. */
    private boolean again;

    int size() {
        return lanes.size();
    }

    Iterable<L> all() {
        return lanes.values();
    }

    @Nullable
    L get(String name) {
        return lanes.get(name);
    }

    /** Whether every lane with something to receive is in memory. */
    boolean isComplete() {
        return END.equals(found) && !again;
    }

    boolean isFull() {
        return lanes.size() >= BOUND;
    }

    /** The lane of that name, made if it may be kept; empty if the search will find it. */
    Optional<L> admit(String name, Supplier<L> fresh) {
        L present = lanes.get(name);
        if (present != null) {
            return Optional.of(present);
        }
        if (found == null || name.compareTo(found) > 0) {
            reading.appeared(name);
            return Optional.empty();
        }
        if (isFull()) {
            again = true;
            return Optional.empty();
        }
        L made = fresh.get();
        lanes.put(name, made);
        return Optional.of(made);
    }

    /** Queues the lane for a turn, behind all others. */
    void queue(String name) {
        turns.add(name);
    }

    /** Whose turn it is, once. */
    Optional<String> nextTurn() {
        return turns.isEmpty() ? Optional.empty() : Optional.of(turns.removeFirst());
    }

    int turns() {
        return turns.size();
    }

    /** Forgets a lane that has nothing. */
    void drop(String name) {
        lanes.remove(name);
        turns.remove(name);
    }

    /** Makes room for others; the lane is found again in the next round. */
    void makeRoom(String name) {
        drop(name);
        again = true;
    }

    /** Whether the store is to be searched for more lanes. */
    boolean wantsReading() {
        return !isComplete() && !isFull();
    }

    /** Begins to search behind the lanes found; from is "" and {@code first} set for the very first. */
    Ticket<String> read() {
        if (END.equals(found)) {
            found = null;
            again = false;
        }
        return reading.begin(found == null ? "" : found, END);
    }

    /** Whether a search begins before all lanes. */
    boolean beginsAtFirst() {
        return found == null;
    }

    /** A search has found the next lane, or none; false if somebody else's was faster. */
    boolean filled(Ticket<String> ticket, Optional<String> next) {
        String from = found == null ? "" : found;
        String reached = next.orElse(END);
        boolean trusted = reading.end(ticket, reached).filter(reached::equals).isPresent();
        if (!trusted || !from.equals(ticket.from())) {
            return false;
        }
        found = reached;
        return next.isPresent();
    }

    /** A search was given up. */
    void abandoned(Ticket<String> ticket) {
        reading.end(ticket, END);
    }
}

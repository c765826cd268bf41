package io.quorate.sqs.window;

import io.quorate.sqs.window.Reading.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The next messages of one lane of a standard queue. Every message that can be received and stands
 * before the cursor is in memory: ready, or taken by somebody who has not committed yet. Those from
 * the cursor on are in the store alone. Guarded by its window.
 */
final class Lane {
    /** The cursor of a lane that is wholly in memory. */
    static final long END = Long.MAX_VALUE;

    private final TreeSet<Long> ready = new TreeSet<>();
    private final Set<Long> taken = new HashSet<>();
    private final Reading<Long> reading = new Reading<>();
    private long cursor;

    Lane(long cursor) {
        this.cursor = cursor;
    }

    int taken() {
        return taken.size();
    }

    /** Whether the store may hold more than memory. */
    boolean wantsReading() {
        return ready.isEmpty() && cursor != END;
    }

    boolean isEmpty() {
        return cursor == END && ready.isEmpty() && taken.isEmpty();
    }

    /** Takes the first ready one. */
    Optional<Long> take() {
        Long first = ready.pollFirst();
        if (first != null) {
            taken.add(first);
        }
        return Optional.ofNullable(first);
    }

    /** A message can be received. Kept if it stands before the cursor and there is room. */
    void offer(long sequence, int bound) {
        if (taken.contains(sequence)) {
            return;
        }
        if (sequence >= cursor) {
            reading.appeared(sequence);
            return;
        }
        ready.add(sequence);
        if (ready.size() > bound) {
            cursor = ready.removeLast();
        }
    }

    /** One that was taken is gone, or hidden for a while. */
    void left(long sequence) {
        taken.remove(sequence);
    }

    /** One that was taken is there again. */
    void returned(long sequence, int bound) {
        taken.remove(sequence);
        offer(sequence, bound);
    }

    Ticket<Long> read() {
        return reading.begin(cursor, END);
    }

    /**
     * A read has found this; ignored if somebody else's was faster.
     *
     * @param visible what can be received, in order
     * @param next all before it was read
     */
    void filled(Ticket<Long> ticket, List<Long> visible, long next) {
        Optional<Long> known = reading.end(ticket, next);
        if (known.isEmpty() || cursor != ticket.from()) {
            return;
        }
        long trusted = known.get();
        for (long sequence : visible) {
            if (sequence < trusted && !taken.contains(sequence)) {
                ready.add(sequence);
            }
        }
        cursor = trusted;
    }
}

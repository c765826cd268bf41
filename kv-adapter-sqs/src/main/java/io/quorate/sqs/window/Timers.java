package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;
import io.quorate.sqs.window.Reading.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * When messages become visible. Every timer before the horizon is in memory; those from it on are in
 * the store alone. Guarded by its window.
 */
final class Timers {
    /** Most timers in memory of one queue. */
    static final int BOUND = 4_096;
    /** The horizon of timers that are all in memory. */
    static final long END = Long.MAX_VALUE;

    private final TreeSet<Timer> near = new TreeSet<>();
    private final Reading<Long> reading = new Reading<>();
    private long horizon;

    /** Sets a timer. */
    void set(Timer timer) {
        if (timer.millis() >= horizon) {
            reading.appeared(timer.millis());
            return;
        }
        near.add(timer);
        if (near.size() > BOUND) {
            horizon = near.last().millis();
            while (!near.isEmpty() && near.last().millis() >= horizon) {
                near.removeLast();
            }
        }
    }

    /** Ends a timer. */
    void clear(Timer timer) {
        near.remove(timer);
    }

    /** Takes those that are due. */
    List<Place> due(long nowMillis) {
        List<Place> due = new ArrayList<>();
        while (!near.isEmpty() && near.first().millis() <= nowMillis) {
            due.add(near.removeFirst().place());
        }
        return due;
    }

    /** Whether the next timer may be in the store alone. */
    boolean wantsReading() {
        return near.isEmpty() && horizon != END;
    }

    Ticket<Long> read() {
        return reading.begin(horizon, END);
    }

    /** A read from the horizon has found this; all before {@code next} was read. */
    void filled(Ticket<Long> ticket, List<Timer> found, long next) {
        Optional<Long> trusted = reading.end(ticket, next);
        if (trusted.isEmpty() || horizon != ticket.from()) {
            return;
        }
        horizon = trusted.get();
        found.forEach(this::set);
    }

    /** When the next one is due, of those in memory. */
    OptionalLong next() {
        return near.isEmpty() ? OptionalLong.empty() : OptionalLong.of(near.first().millis());
    }

    /**
     * One timer.
     *
     * @param millis when, in group time
     * @param place what becomes visible
     */
    record Timer(long millis, Place place) implements Comparable<Timer> {
        private static final Comparator<Timer> ORDER = Comparator.comparingLong(Timer::millis)
                .thenComparing(Timer::place);

        @Override
        public int compareTo(Timer other) {
            return ORDER.compare(this, other);
        }
    }
}

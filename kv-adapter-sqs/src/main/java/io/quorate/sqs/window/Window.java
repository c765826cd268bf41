package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;
import io.quorate.sqs.window.Reading.Ticket;
import io.quorate.sqs.window.Timers.Timer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the leader has in mind of one queue, in one term. Bounded: {@value #READY_BOUND} messages and
 * a few for each lane, {@value Lanes#BOUND} lanes, {@value Timers#BOUND} timers. Reads no store itself:
 * a receive asks for the next step, reads what the step asks for, and tells what it found.
 *
 * <p>Safe for any thread; nothing in it blocks.
 */
public abstract sealed class Window permits StandardWindow, FifoWindow {
    /** Most messages in memory of one queue, shared by its lanes. */
    static final int READY_BOUND = 4_096;
    /** Between two looks at a store that says there is more than was found. */
    private static final long DOUBT_MILLIS = 1_000;

    private final long term;
    private Timers timers = new Timers();
    private long doubtedMillis;

    Window(long term) {
        this.term = term;
    }

    /** The term in which it is true. */
    final long term() {
        return term;
    }

    /** Takes note of the messages that have become visible by the passing of time. */
    public final synchronized void pass(long nowMillis) {
        timers.due(nowMillis).forEach(this::appeared);
    }

    /** The read of timers to be done before time can be told; empty if enough is known. */
    public final synchronized Optional<TimerRead> timerRead() {
        return timers.wantsReading()
                ? Optional.of(new TimerRead(timers.read()))
                : Optional.empty();
    }

    /**
     * A read of timers.
     *
     * @param ticket from where
     */
    public record TimerRead(Ticket<Long> ticket) {
        /** The first moment to read. */
        public long fromMillis() {
            return ticket.from();
        }
    }

    /**
     * What a read of timers found.
     *
     * @param found moments by places
     * @param next everything before it was read; empty if there is nothing more
     */
    public final synchronized void timersRead(TimerRead read, Map<Place, Long> found,
            Optional<Long> next) {
        List<Timer> set = found.entrySet().stream()
                .map(timer -> new Timer(timer.getValue(), timer.getKey())).toList();
        timers.filled(read.ticket(), set, next.orElse(Timers.END));
    }

    /** When the next message becomes visible by itself, as far as is known. */
    public final synchronized OptionalLong nextVisible() {
        return timers.next();
    }

    /** Whether to look again although nothing was found; at most once a second. */
    public final synchronized boolean doubts(long nowMillis) {
        if (taken() > 0 || nowMillis - doubtedMillis < DOUBT_MILLIS) {
            return false;
        }
        doubtedMillis = nowMillis;
        return true;
    }

    /** Forgets everything; it is read again. */
    public final synchronized void forget() {
        timers = new Timers();
        forgetLanes();
    }

    /** A transaction was committed. */
    public final synchronized void committed(List<Change> changes) {
        for (Change change : changes) {
            change.oldTimer()
                    .ifPresent(millis -> timers.clear(new Timer(millis, change.place())));
            switch (change.fate()) {
                case Change.Visible() -> settled(change.place(), true);
                case Change.Hidden(long untilMillis) -> {
                    timers.set(new Timer(untilMillis, change.place()));
                    hidden(change.place());
                }
                case Change.Gone() -> settled(change.place(), false);
            }
        }
    }

    /** What was taken is not used after all, and can be taken by others. */
    public final synchronized void putBack(Place place) {
        settled(place, true);
    }

    /** What was taken cannot be received; others need not look. */
    public final synchronized void dismiss(Place place) {
        settled(place, false);
    }

    /** What was taken is not to be looked at for a while. */
    public final synchronized void dismissUntil(Place place, long millis) {
        hidden(place);
        timers.set(new Timer(millis, place));
    }

    /** A step was not done. */
    public abstract void abandoned(Step step);

    /** A read of timers was not done. */
    public final void abandoned(TimerRead read) {
        timersRead(read, Map.of(), Optional.of(read.fromMillis()));
    }

    /**
     * The next step of a receive.
     *
     * @param search whether to search for more lanes before those in memory
     */
    public abstract Step next(boolean search);

    /** A lane was read: what can be received there, in order, before {@code next}; empty for its end. */
    public abstract void laneRead(Step.ReadLane read, List<Long> visible, Optional<Long> next);

    /** The next lane was searched for and found, or there is none. */
    public abstract void searched(Step.Search search, Optional<String> lane);

    /** A group was looked at; nothing of it is left before the floor. */
    public abstract void tried(String group, long floor, boolean more);

    /** A message can be received, by the passing of time. */
    abstract void appeared(Place place);

    /** What was taken, or changed by somebody who had not taken it, is visible now or not. */
    abstract void settled(Place place, boolean visible);

    /** What was taken, or not, is hidden. */
    abstract void hidden(Place place);

    abstract int taken();

    abstract void forgetLanes();
}

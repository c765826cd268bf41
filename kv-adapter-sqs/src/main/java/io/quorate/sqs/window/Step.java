package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;

/** What a receive does next. A read that was begun is always ended, with what it found or nothing. */
public sealed interface Step {
    /**
     * This message is taken, for this receive alone, until the window hears what became of it.
     *
     * @param place where it stands
     */
    record Take(Place place) implements Step {}

    /**
     * Look at the head of this message group of a FIFO queue, which is closed to others until then.
     *
     * @param group the group
     * @param floor nothing is left of the group before this sequence number
     */
    record Try(String group, long floor) implements Step {}

    /**
     * Read more of a lane.
     *
     * @param lane the lane
     * @param ticket from where
     */
    record ReadLane(String lane, Reading.Ticket<Long> ticket) implements Step {
        /** The first sequence number to read. */
        public long from() {
            return ticket.from();
        }
    }

    /**
     * Search for the next lane.
     *
     * @param first whether from the very first
     * @param ticket behind which
     */
    record Search(boolean first, Reading.Ticket<String> ticket) implements Step {
        /** The lane behind which to search. */
        public String behind() {
            return ticket.from();
        }
    }

    /** There is nothing to receive now. */
    record Nothing() implements Step {}
}

package io.quorate.kv.vitals;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a peer's wall clock is from this node's. An answer was given some time between question and answer; that time
 * is taken for the middle, so the error is at most half the round trip, and the shortest round trip of late counts, as
 * in NTP's clock filter (RFC 5905, 10). Not safe for threads but for {@link #millis}.
 */
final class ClockDifference {
    private static final Logger LOG = LoggerFactory.getLogger(ClockDifference.class);
    /** Warned of beyond this, and again only after it was {@link #WELL_MILLIS} or less meanwhile. */
    static final long APART_MILLIS = 500;
    static final long WELL_MILLIS = 400;
    /** Samples that are chosen from. */
    static final int SAMPLES = 8;

    private record Sample(long differenceMillis, long roundTripNanos) {
        long errorMillis() {
            return TimeUnit.NANOSECONDS.toMillis(roundTripNanos / 2);
        }
    }

    private final String peer;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private volatile Optional<Long> best = Optional.empty();
    private boolean apart;

    ClockDifference(String peer) {
        this.peer = peer;
    }

    /**
     * Takes an answer.
     *
     * @param theirs the peer's clock in its answer, in milliseconds
     * @param ours this node's when the answer came
     * @param roundTripNanos from question to answer, by the monotonic clock
     * @return whether an episode of clocks apart began with it
     */
    boolean heard(long theirs, long ours, long roundTripNanos) {
        if (samples.size() == SAMPLES) {
            samples.removeFirst();
        }
        long halfway = TimeUnit.NANOSECONDS.toMillis(roundTripNanos / 2);
        samples.addLast(new Sample(theirs - (ours - halfway), roundTripNanos));
        Sample chosen = samples.stream().min(Comparator.comparingLong(Sample::roundTripNanos))
                .orElseThrow();
        best = Optional.of(chosen.differenceMillis());
        return judge(chosen);
    }

    private boolean judge(Sample chosen) {
        long sure = Math.abs(chosen.differenceMillis()) - chosen.errorMillis();
        boolean begins = !apart && sure > APART_MILLIS;
        if (begins) {
            LOG.warn("clocks are apart peer={} differenceMillis={} errorMillis={}"
                    + " todo=\"look at the time service of both machines\"", peer,
                    chosen.differenceMillis(), chosen.errorMillis());
            apart = true;
        } else if (apart && Math.abs(chosen.differenceMillis()) <= WELL_MILLIS) {
            LOG.info("clocks agree again peer={} differenceMillis={}", peer,
                    chosen.differenceMillis());
            apart = false;
        }
        return begins;
    }

    /** The peer's clock less this node's, in milliseconds; empty before the first answer. Any thread. */
    Optional<Long> millis() {
        return best;
    }
}

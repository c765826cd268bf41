package io.quorate.kv.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is made of a peer's clock and of the time that its answer took. */
class ClockDifferenceTest {
    private static final long NOW = 1_800_000_000_000L;
    private final ClockDifference peer = new ClockDifference("n2");

    @Test
    void nothingIsSaidBeforeAnAnswer() {
        assertThat(peer.millis()).isEmpty();
    }

    @Test
    void anAnswerCountsForTheMiddleOfItsRoundTrip() {
        hear(30, 100);

        // The answer came at NOW, 100 ms after the question: it was given at NOW - 50.
        assertThat(peer.millis()).contains(80L);
    }

    @Test
    void theShortestRoundTripOfLateCounts() {
        hear(300, 400);
        hear(7, 2);
        hear(-200, 300);

        assertThat(peer.millis()).contains(8L);
    }

    @Test
    void aShortRoundTripOfLongAgoIsForgotten() {
        hear(0, 0);
        for (int i = 0; i < ClockDifference.SAMPLES; i++) {
            hear(90, 20);
        }

        assertThat(peer.millis()).contains(100L);
    }

    @Test
    void anEpisodeBeginsOnceAndAgainAfterTheClocksAgreed() {
        assertThat(hear(501, 0)).isTrue();
        assertThat(hear(501, 0)).isFalse();
        forget(450);
        assertThat(hear(501, 0)).as("it never was well").isFalse();
        forget(ClockDifference.WELL_MILLIS);
        assertThat(forget(501)).isTrue();
    }

    @Test
    void whatMayBeTheWayOnlyIsNoDifference() {
        assertThat(hear(0, 1_600)).as("800 ms, give or take 800").isFalse();
        assertThat(hear(-600, 0)).isTrue();
    }

    private boolean hear(long ahead, long roundTripMillis) {
        return peer.heard(NOW + ahead, NOW, TimeUnit.MILLISECONDS.toNanos(roundTripMillis));
    }

    /** Hears the same until nothing else is remembered; says whether an episode began. */
    private boolean forget(long ahead) {
        boolean began = false;
        for (int i = 0; i < ClockDifference.SAMPLES; i++) {
            began |= hear(ahead, 0);
        }
        return began;
    }
}

package io.quorate.kv.leader;

import static io.quorate.kv.leader.CircuitBreaker.Admission.CALL;
import static io.quorate.kv.leader.CircuitBreaker.Admission.PROBE;
import static io.quorate.kv.leader.CircuitBreaker.Admission.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private long nanos = 42;
    private final CircuitBreaker breaker = new CircuitBreaker(() -> nanos);

    @Test
    void threeFailuresInARowOpenIt() {
        breaker.failed(CALL);
        breaker.failed(CALL);
        assertThat(breaker.admit()).isEqualTo(CALL);

        assertThat(breaker.failed(CALL)).isTrue();
        assertThat(breaker.admit()).isEqualTo(REFUSED);
    }

    @Test
    void anAnswerBetweenFailuresBeginsTheCountAnew() {
        breaker.failed(CALL);
        breaker.failed(CALL);
        breaker.answered(CALL);
        breaker.failed(CALL);
        breaker.failed(CALL);

        assertThat(breaker.admit()).isEqualTo(CALL);
    }

    @Test
    void aCallerThatLeavesIsNoFailure() {
        for (int i = 0; i < 100; i++) {
            breaker.abandoned(breaker.admit());
        }

        assertThat(breaker.admit()).isEqualTo(CALL);
    }

    @Test
    void oneProbeGoesThroughAfterAHundredMillis() {
        open();
        pass(Duration.ofMillis(100).minusNanos(1));
        assertThat(breaker.admit()).isEqualTo(REFUSED);

        pass(Duration.ofNanos(1));
        assertThat(breaker.admit()).isEqualTo(PROBE);
        assertThat(breaker.admit()).isEqualTo(REFUSED);
    }

    @Test
    void anAnsweredProbeClosesIt() {
        open();
        pass(Duration.ofMillis(100));
        breaker.answered(breaker.admit());

        assertThat(breaker.admit()).isEqualTo(CALL);
        assertThat(breaker.admit()).isEqualTo(CALL);
    }

    @Test
    void everyFailedProbeDoublesTheTimeUpToTwoSeconds() {
        open();
        pass(Duration.ofMillis(100));
        assertThat(breaker.admit()).isEqualTo(PROBE);
        for (int millis : new int[]{200, 400, 800, 1_600, 2_000, 2_000}) {
            breaker.failed(PROBE);
            pass(Duration.ofMillis(millis).minusNanos(1));
            assertThat(breaker.admit()).as("before %d ms", millis).isEqualTo(REFUSED);
            pass(Duration.ofNanos(1));
            assertThat(breaker.admit()).as("after %d ms", millis).isEqualTo(PROBE);
        }
    }

    @Test
    void aProbeWhoseCallerLeavesGivesItsPlaceToTheNext() {
        open();
        pass(Duration.ofMillis(100));
        breaker.abandoned(breaker.admit());

        assertThat(breaker.admit()).isEqualTo(PROBE);
    }

    @Test
    void whatWasUnderWayWhenItOpenedChangesNothingMore() {
        open();
        breaker.failed(CALL);
        breaker.answered(CALL);

        assertThat(breaker.admit()).isEqualTo(REFUSED);
        pass(Duration.ofMillis(100));
        assertThat(breaker.admit()).isEqualTo(PROBE);
    }

    @Test
    void anOpenTimeBeginsAtAHundredMillisAgainOnceItWasClosed() {
        open();
        pass(Duration.ofMillis(100));
        breaker.failed(breaker.admit());
        pass(Duration.ofMillis(200));
        breaker.answered(breaker.admit());
        open();

        pass(Duration.ofMillis(100));
        assertThat(breaker.admit()).isEqualTo(PROBE);
    }

    @Test
    void aSuccessorIsExpectedForThreeSecondsHoweverOftenItIsProbed() {
        open();
        assertThat(breaker.mayBeSucceeded()).isTrue();
        pass(Duration.ofMillis(100));
        breaker.failed(breaker.admit());

        pass(Duration.ofMillis(2_900).minusNanos(1));
        assertThat(breaker.mayBeSucceeded()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(breaker.mayBeSucceeded()).isFalse();
    }

    @Test
    void theTimeForASuccessorBeginsAnewOnceItWasClosed() {
        open();
        pass(Duration.ofSeconds(10));
        breaker.answered(breaker.admit());
        assertThat(breaker.mayBeSucceeded()).isFalse();

        open();

        assertThat(breaker.mayBeSucceeded()).isTrue();
    }

    private void open() {
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            breaker.failed(CALL);
        }
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }
}

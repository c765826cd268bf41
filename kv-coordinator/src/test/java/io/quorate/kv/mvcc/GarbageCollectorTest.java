package io.quorate.kv.mvcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Value;
import io.quorate.kv.command.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {
    private static final GcCursor MIDDLE = new GcCursor(Value.of(new byte[]{1}));
    private static final GcCursor FAILS = new GcCursor(Value.of(new byte[]{2}));

    private final Script script = new Script();

    @Test
    void tickLooksAtNoMoreThanItsBatches() {
        script.answers(MIDDLE, MIDDLE, MIDDLE, MIDDLE);

        int deleted = collector(3).collect();

        assertThat(deleted).isEqualTo(3);
        assertThat(script.asked).hasSize(3);
    }

    @Test
    void tickEndsWhenEverythingWasLookedAt() {
        script.answers(MIDDLE, GcCursor.START, MIDDLE);

        collector(3).collect();

        assertThat(script.asked).containsExactly(GcCursor.START, MIDDLE);
    }

    @Test
    void tickThatFailsIsSkippedAndTheNextGoesOnWhereTheLastGoodBatchEnded() throws Exception {
        script.answers(MIDDLE, FAILS, GcCursor.START);
        try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
                GarbageCollector collector = collector(1)) {
            collector.start(executor);

            Awaitility.await().untilAsserted(
                    () -> assertThat(script.asked()).startsWith(GcCursor.START, MIDDLE, MIDDLE));
        }
    }

    @Test
    void batchOfOneRowIsRefusedBecauseARemovalNeedsItsNeighbour() {
        assertThatThrownBy(() -> new GarbageCollector.Pace(Duration.ofSeconds(1), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void safePointIsDueOnceItMovesByAStep() {
        SafePointPolicy policy = new SafePointPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1));
        AppliedState applied = new AppliedState(1, 1, HybridTimestamp.of(700_000, 0),
                HybridTimestamp.of(100_000, 0));

        assertThat(policy.due(759_999, applied)).isEmpty();
        assertThat(policy.due(760_000, applied))
                .contains(new Command.AdvanceSafePoint(HybridTimestamp.of(160_000, 0)));
        assertThat(policy.due(760_000, AppliedState.NOTHING)).isEmpty();
    }

    private GarbageCollector collector(int batches) {
        return new GarbageCollector(0, script.engine(),
                new GarbageCollector.Pace(Duration.ofMillis(1), 2, batches));
    }

    /** An engine that answers batches as told; {@link #FAILS} fails one. */
    private static final class Script {
        private final List<GcCursor> next = new ArrayList<>();
        private final List<GcCursor> asked = new ArrayList<>();

        void answers(GcCursor... cursors) {
            next.addAll(java.util.Arrays.asList(cursors));
        }

        synchronized List<GcCursor> asked() {
            return List.copyOf(asked);
        }

        private synchronized MvccEngine.Collected collect(GcCursor cursor) {
            GcCursor answer = asked.size() < next.size() ? next.get(asked.size()) : GcCursor.START;
            asked.add(cursor);
            if (answer.equals(FAILS)) {
                throw new KvFailure.Poisoned("scripted").asException();
            }
            return new MvccEngine.Collected(answer, answer.equals(MIDDLE) ? 1 : 0);
        }

        MvccEngine engine() {
            return (MvccEngine) java.lang.reflect.Proxy.newProxyInstance(
                    MvccEngine.class.getClassLoader(), new Class<?>[]{MvccEngine.class},
                    (proxy, method, arguments) -> collect((GcCursor) arguments[0]));
        }
    }
}

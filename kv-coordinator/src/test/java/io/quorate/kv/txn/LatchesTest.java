package io.quorate.kv.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatchesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final DeadlineTimer timer = new DeadlineTimer("test-deadline");
    private final Latches latches = new Latches(Runnable::run, timer);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aFreeLatchIsGrantedBeforeTheCallReturns() {
        Claim claim = claim("a", "b");

        assertThat(claim.isHeld()).isTrue();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whoNamesTheSameKeyWaitsInOrderOfArrival() {
        Claim first = claim("a");
        Claim second = claim("a");
        Claim third = claim("a");
        assertThat(second.isHeld() || third.isHeld()).isFalse();
        assertThat(latches.waiters()).isEqualTo(2);

        first.release();
        assertThat(second.isHeld()).isTrue();
        assertThat(third.isHeld()).isFalse();

        second.release();
        assertThat(third.isHeld()).isTrue();
        assertThat(latches.waiters()).isZero();
        assertThat(timer.pending()).as("timers of those who waited").isZero();
    }

    @Test
    void otherKeysDoNotWait() {
        claim("a");

        assertThat(claim("b").isHeld()).isTrue();
    }

    @Test
    void aKeyNamedTwiceIsTakenOnce() {
        Claim claim = claim("a", "a");
        assertThat(claim.isHeld()).isTrue();

        claim.release();

        assertThat(claim("a").isHeld()).isTrue();
    }

    @Test
    void releasingTwiceReleasesOnce() {
        Claim first = claim("a");
        Claim second = claim("a");
        Claim third = claim("a");

        first.release();
        first.release();

        assertThat(second.isHeld()).isTrue();
        assertThat(third.isHeld()).isFalse();
    }

    @Test
    void whoGivesUpLeavesTheQueueAndIsNeverGranted() {
        Claim first = claim("a");
        Claim second = claim("a");
        Claim third = claim("a");

        assertThat(second.cancel()).isEqualTo(Wait.Left.REMOVED);
        first.release();

        assertThat(second.news).isEmpty();
        assertThat(third.isHeld()).isTrue();
    }

    @Test
    void whoGivesUpHandsOnWhatItHadTaken() {
        Claim holdsB = claim("b");
        Claim takesAWaitsForB = claim("a", "b");
        Claim waitsForA = claim("a");
        assertThat(waitsForA.isHeld()).isFalse();

        takesAWaitsForB.cancel();

        assertThat(waitsForA.isHeld()).isTrue();
        holdsB.release();
        assertThat(claim("b").isHeld()).isTrue();
    }

    @Test
    void aWaiterIsRefusedAtItsDeadlineAndHandsOnWhatItHadTaken() {
        claim("b");
        Claim late = claim(Duration.ofMillis(50), "a", "b");
        Claim waitsForA = claim("a");

        await().until(() -> !late.news.isEmpty());

        assertThat(late.news).containsExactly(new KvFailure.DeadlineExceeded());
        await().until(waitsForA::isHeld);
    }

    @Test
    void beyondTheBoundOfAKeyCallersAreOverloaded() {
        claim("a");
        for (int i = 0; i < Latches.MAX_WAITERS_PER_KEY; i++) {
            claim("a");
        }

        Claim beyond = claim("0", "a");

        assertThat(beyond.news).containsExactly(new KvFailure.Overloaded("latch-waiters"));
        assertThat(claim("0").isHeld()).as("what the refused one had taken is free").isTrue();
    }

    @Test
    void anyOrderOfKeysIsFreeOfDeadlockAndExclusive() throws InterruptedException {
        long seed = System.nanoTime();
        int callers = 8;
        int rounds = 2_000;
        ConcurrentHashMap<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger violations = new AtomicInteger();
        AtomicInteger decided = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            Latches shared = new Latches(threads, timer);
            CountDownLatch done = new CountDownLatch(callers);
            for (int caller = 0; caller < callers; caller++) {
                Random random = new Random(seed + caller);
                new Thread(() -> {
                    for (int i = 0; i < rounds; i++) {
                        String[] keys = keys(random);
                        Deadline deadline = random.nextInt(4) == 0
                                ? Deadline.after(Duration.ofNanos(random.nextInt(5_000_000)))
                                : Deadline.after(LONG);
                        LatchHold hold = shared.acquire(keysOf(keys), deadline,
                                new Guarded(List.of(keys).stream().distinct().toList(), inside,
                                        violations, decided));
                        if (random.nextInt(5) == 0 && hold.cancel() == Wait.Left.REMOVED) {
                            decided.incrementAndGet();
                        }
                    }
                    done.countDown();
                }).start();
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).as("seed %s", seed).isTrue();
            await().atMost(LONG).until(() -> decided.get() == callers * rounds);
            assertThat(violations).as("seed %s", seed).hasValue(0);
            assertThat(shared.waiters()).isZero();
        }
    }

    private static String[] keys(Random random) {
        return random.ints(1 + random.nextInt(4), 0, 6).mapToObj(String::valueOf)
                .toArray(String[]::new);
    }

    private static List<Key> keysOf(String... names) {
        return Arrays.stream(names)
                .map(name -> Key.of(0, name.getBytes(StandardCharsets.UTF_8))).toList();
    }

    private Claim claim(String... names) {
        return claim(LONG, names);
    }

    private Claim claim(Duration within, String... names) {
        Claim claim = new Claim();
        claim.hold = latches.acquire(keysOf(names), Deadline.after(within), claim);
        return claim;
    }

    /** Notes when two are inside one key at once. */
    private record Guarded(List<String> keys, ConcurrentHashMap<String, AtomicInteger> inside,
            AtomicInteger violations, AtomicInteger decided) implements Latches.Turn {
        @Override
        public void granted(LatchHold hold) {
            for (String key : keys) {
                if (counter(key).incrementAndGet() != 1) {
                    violations.incrementAndGet();
                }
            }
            Thread.onSpinWait();
            keys.forEach(key -> counter(key).decrementAndGet());
            hold.release();
            decided.incrementAndGet();
        }

        private AtomicInteger counter(String key) {
            return inside.computeIfAbsent(key, k -> new AtomicInteger());
        }

        @Override
        public void refused(KvFailure failure) {
            decided.incrementAndGet();
        }
    }

    private static final class Claim implements Latches.Turn {
        private final List<Object> news = new ArrayList<>();
        private @Nullable LatchHold hold;

        @Override
        public synchronized void granted(LatchHold granted) {
            news.add(granted);
        }

        @Override
        public synchronized void refused(KvFailure failure) {
            news.add(failure);
        }

        boolean isHeld() {
            return news.size() == 1 && news.getFirst() instanceof LatchHold;
        }

        void release() {
            if (hold != null) {
                hold.release();
            }
        }

        Wait.Left cancel() {
            return hold == null ? Wait.Left.ENDED : hold.cancel();
        }
    }
}

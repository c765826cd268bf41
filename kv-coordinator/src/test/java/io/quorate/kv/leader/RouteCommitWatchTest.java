package io.quorate.kv.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class RouteCommitWatchTest {
    private static final Key KEY = Key.of(5, new byte[]{1});

    private final DeadlineTimer timer = new DeadlineTimer("test-deadline");
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private final RouteCommitWatch watch = new RouteCommitWatch(wakes::add, timer);
    private final List<Object> news = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aCommitOnTheRouteWakesAllWhoWaitOffTheCommittingThread() {
        watchKey(KEY, "first");
        watchKey(KEY, "second");

        watch.committed(5);
        assertThat(news).as("not by the thread that commits").isEmpty();
        runWakes();

        assertThat(news).containsExactlyInAnyOrder("first", "second");
        assertThat(watch.waiters()).isZero();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aCommitElsewhereWakesNobodyAndCostsNoTask() {
        watchKey(KEY, "waits");

        watch.committed(6);

        assertThat(wakes).isEmpty();
        assertThat(watch.waiters()).isEqualTo(1);
    }

    @Test
    void aCommitBeforeTheSubscriptionDoesNotCount() {
        watch.committed(5);
        watchKey(KEY, "waits");

        assertThat(wakes).isEmpty();
        assertThat(watch.waiters()).isEqualTo(1);
    }

    @Test
    void whoCancelsLeavesNothing() {
        Disposable first = watchKey(KEY, "first");
        watchKey(KEY, "second");
        Disposable third = watchKey(KEY, "third");

        first.dispose();
        third.dispose();
        assertThat(watch.waiters()).isEqualTo(1);
        assertThat(timer.pending()).isEqualTo(1);
        watch.committed(5);
        runWakes();

        assertThat(news).containsExactly("second");
    }

    @Test
    void theDeadlineEndsTheWait() {
        subscribe(KEY, "late", Duration.ofMillis(30));

        await().until(() -> !wakes.isEmpty());
        runWakes();

        assertThat(news).containsExactly(new KvFailure.DeadlineExceeded());
        assertThat(watch.waiters()).isZero();
    }

    @Test
    void everybodyIsWokenWhenSomethingMayHaveBeenMissed() {
        watchKey(KEY, "first");
        watchKey(Key.of(65_535, new byte[]{1}), "second");

        watch.wakeAll();
        runWakes();

        assertThat(news).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void beyondTheBoundOfARouteCallersAreOverloaded() {
        for (int i = 0; i < RouteCommitWatch.MAX_WAITERS_PER_ROUTE; i++) {
            watchKey(KEY, "waits");
        }

        watchKey(KEY, "one more");

        assertThat(news).containsExactly(new KvFailure.Overloaded("commit-waiters"));
        assertThat(watch.waiters()).isEqualTo(RouteCommitWatch.MAX_WAITERS_PER_ROUTE);
    }

    private Disposable watchKey(Key key, String name) {
        return subscribe(key, name, Duration.ofSeconds(30));
    }

    private Disposable subscribe(Key key, String name, Duration within) {
        return watch.nextCommit(key).contextWrite(Deadline.after(within)::into).subscribe(
                nothing -> {}, failure -> news.add(((KvException) failure).failure()),
                () -> news.add(name));
    }

    private void runWakes() {
        List<Runnable> due = List.copyOf(wakes);
        wakes.clear();
        due.forEach(Runnable::run);
    }
}

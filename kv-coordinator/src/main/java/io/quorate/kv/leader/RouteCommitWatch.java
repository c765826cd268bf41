package io.quorate.kv.leader;

import io.quorate.kv.CommitWatch;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Expiry;
import io.quorate.kv.raft.RaftGroup;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Waiters for the next commit on a route. A commit on a route that nobody watches costs the Raft
 * thread one read; one that somebody watches, the detaching of a list: waiters are completed on
 * {@code wakes}.
 *
 * <p>Safe for any thread. A waiter that is cancelled or whose deadline passes leaves in O(1).
 */
public final class RouteCommitWatch implements CommitWatch {
    /** Most waiters of one route; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_WAITERS_PER_ROUTE = 16_384;
    /** Most waiters of all routes; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_WAITERS = 65_536;
    private static final int ROUTES = 1 << 16;

    private final AtomicReferenceArray<@Nullable Waiters> routes = new AtomicReferenceArray<>(
            ROUTES);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor wakes;
    private final DeadlineTimer timer;

    /**
     * Makes the watch of a node.
     *
     * @param wakes runs completions; it must accept {@link #MAX_WAITERS} tasks
     * @param timer ends waits
     */
    public RouteCommitWatch(Executor wakes, DeadlineTimer timer) {
        this.wakes = wakes;
        this.timer = timer;
    }

    @Override
    public Mono<Void> nextCommit(Key key) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            return Mono.create(sink -> await(key.route(), deadline, sink));
        });
    }

    /** A transaction that writes a key on the route was applied. Never blocks; any thread. */
    public void committed(int route) {
        // A waiter links itself and then reads the state; here the state was written and the waiters
        // are read second. The fence keeps the two from missing each other.
        VarHandle.fullFence();
        Waiters waiters = routes.get(route);
        if (waiters != null && waiters.size > 0) {
            wake(waiters);
        }
    }

    /** Completes every waiter before long: what they wait for may have been missed. Any thread. */
    public void missedSome() {
        wakes.execute(this::wakeAll);
    }

    /** Completes every waiter: what they wait for may have been missed. */
    public void wakeAll() {
        for (int route = 0; route < ROUTES && waiting.get() > 0; route++) {
            committed(route);
        }
    }

    /**
     * Completes every waiter when another member leads: who waits for work at the leader is to look for
     * it there.
     */
    public void follow(RaftGroup group) {
        AtomicReference<Optional<String>> last = new AtomicReference<>(
                group.leadership().leader());
        group.onLeadershipChange(now -> {
            if (now.leader().isPresent() && !now.leader().equals(last.getAndSet(now.leader()))) {
                missedSome();
            }
        });
    }

    /** How many callers wait now. */
    public int waiters() {
        return waiting.get();
    }

    private void await(int route, Deadline deadline, MonoSink<Void> sink) {
        if (deadline.hasPassed()) {
            sink.error(new KvFailure.DeadlineExceeded().asException());
            return;
        }
        Waiter waiter = new Waiter(waitersOf(route), sink);
        if (waiting.incrementAndGet() > MAX_WAITERS || !waiter.home.add(waiter)) {
            waiting.decrementAndGet();
            sink.error(new KvFailure.Overloaded("commit-waiters").asException());
            return;
        }
        if (!timer.schedule(waiter, deadline.nanoTime())) {
            if (leave(waiter)) {
                sink.error(new KvFailure.Overloaded("deadline-timer").asException());
            }
            return;
        }
        sink.onDispose(() -> {
            timer.cancel(waiter);
            leave(waiter);
        });
    }

    private boolean leave(Waiter waiter) {
        boolean left = waiter.home.remove(waiter);
        if (left) {
            waiting.decrementAndGet();
        }
        return left;
    }

    private void wake(Waiters waiters) {
        Waiter first = waiters.detachAll();
        if (first != null) {
            wakes.execute(() -> complete(first));
        }
    }

    private void complete(Waiter first) {
        Waiter waiter = first;
        while (waiter != null) {
            waiting.decrementAndGet();
            waiter.sink.success();
            waiter = waiter.next;
        }
    }

    private Waiters waitersOf(int route) {
        Waiters present = routes.get(route);
        if (present != null) {
            return present;
        }
        Waiters fresh = new Waiters();
        Waiters other = routes.compareAndExchange(route, null, fresh);
        return other == null ? fresh : other;
    }

    private final class Waiter extends Expiry {
        final Waiters home;
        final MonoSink<Void> sink;
        boolean linked;
        @Nullable
        Waiter previous;
        @Nullable
        Waiter next;

        Waiter(Waiters home, MonoSink<Void> sink) {
            this.home = home;
            this.sink = sink;
        }

        @Override
        protected void expired() {
            if (leave(this)) {
                wakes.execute(() -> sink.error(new KvFailure.DeadlineExceeded().asException()));
            }
        }
    }

    /** The waiters of one route. Stays for good once somebody waited: routes are few. */
    private static final class Waiters {
        private @Nullable Waiter first;
        private volatile int size;

        synchronized boolean add(Waiter waiter) {
            if (size >= MAX_WAITERS_PER_ROUTE) {
                return false;
            }
            waiter.next = first;
            if (first != null) {
                first.previous = waiter;
            }
            first = waiter;
            waiter.linked = true;
            size = size + 1;
            return true;
        }

        synchronized boolean remove(Waiter waiter) {
            if (!waiter.linked) {
                return false;
            }
            waiter.linked = false;
            if (waiter.previous == null) {
                first = waiter.next;
            } else {
                waiter.previous.next = waiter.next;
            }
            if (waiter.next != null) {
                waiter.next.previous = waiter.previous;
            }
            size = size - 1;
            return true;
        }

        synchronized @Nullable Waiter detachAll() {
            Waiter detached = first;
            for (Waiter waiter = detached; waiter != null; waiter = waiter.next) {
                waiter.linked = false;
            }
            first = null;
            size = 0;
            return detached;
        }
    }
}

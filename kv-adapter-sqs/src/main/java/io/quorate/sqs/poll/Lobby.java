package io.quorate.sqs.poll;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.sqs.engine.ReceiveCall.Answer;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Those who wait for messages of one queue, in order of arrival, and the one watch of its commits that
 * serves them all. Owns its subscriptions; gone with the last who waits. Nothing is called under its
 * lock but itself.
 */
final class Lobby {
    /** Most looks at a time. */
    private static final int MAX_LOOKS = 16;
    /** Those who look after one has found messages: there may be more. */
    private static final int LOOKS_AFTER_A_FIND = 2;
    /** One watch; another begins when it ends. */
    private static final Duration WATCH = Duration.ofSeconds(60);
    /** Between two looks while there is no leader. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final QueueName queue;
    private final QueueRepository queues;
    private final Scheduler timer;
    private final LinkedHashSet<Waiter> waiters = new LinkedHashSet<>();
    private final Disposable.Swap watch = Disposables.swap();
    private final Disposable.Swap wake = Disposables.swap();
    private long wakeNanos = Long.MAX_VALUE;
    private int looks;
    /** Something happened while a look was on its way, which it may have missed. */
    private boolean again;
    private boolean watching;
    private long changedNanos = System.nanoTime();

    Lobby(QueueName queue, QueueRepository queues, Scheduler timer) {
        this.queue = queue;
        this.queues = queues;
        this.timer = timer;
    }

    synchronized void enter(Waiter waiter) {
        waiters.add(waiter);
    }

    /** Whether nobody is left; nobody enters after that. */
    synchronized boolean leave(Waiter waiter) {
        waiters.remove(waiter);
        if (waiter.looking) {
            waiter.looking = false;
            looks--;
        }
        if (waiters.isEmpty()) {
            watch.dispose();
            wake.dispose();
        }
        return waiters.isEmpty();
    }

    /** Lets a waiter wait, after another look if it may have missed something. */
    void begin(Waiter waiter, Optional<Answer.Taken> seen) {
        waiter.endsBy(timer.schedule(() -> end(waiter),
                Math.max(0, waiter.poll().end().remainingNanos()), TimeUnit.NANOSECONDS));
        boolean first;
        boolean missed;
        synchronized (this) {
            first = !watching;
            watching = true;
            missed = changedNanos - waiter.poll().sinceNanos() >= 0 || looks > 0;
        }
        if (first) {
            watch();
        }
        if (first || missed || seen.isEmpty()) {
            changed();
        }
        seen.flatMap(Answer.Taken::millisUntilVisible).ifPresent(this::wakeIn);
    }

    private void end(Waiter waiter) {
        boolean idle;
        synchronized (this) {
            waiter.over = true;
            idle = !waiter.looking;
        }
        if (idle) {
            waiter.endEmpty();
        }
    }

    private void watch() {
        watch.update(queues.nextChange(queue)
                .contextWrite(context -> Deadline.after(WATCH).into(context))
                .subscribe(nothing -> {}, this::watchFailed, () -> {
                    watch();
                    changed();
                }));
    }

    private void watchFailed(Throwable failure) {
        if (failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.DeadlineExceeded) {
            watch();
            return;
        }
        List<Waiter> all;
        synchronized (this) {
            all = new ArrayList<>(waiters);
        }
        all.forEach(waiter -> waiter.failed(failure));
    }

    /** There may be messages: somebody looks. */
    private void changed() {
        synchronized (this) {
            changedNanos = System.nanoTime();
            if (looks > 0) {
                again = true;
                return;
            }
        }
        look();
    }

    private void look() {
        Waiter next = next();
        if (next != null) {
            next.looksBy(next.poll().look().subscribe(taken -> looked(next, taken),
                    failure -> lookFailed(next, failure)));
        }
    }

    private synchronized @Nullable Waiter next() {
        if (looks >= MAX_LOOKS) {
            again = true;
            return null;
        }
        for (Waiter waiter : waiters) {
            if (!waiter.looking && !waiter.over) {
                waiter.looking = true;
                looks++;
                return waiter;
            }
        }
        return null;
    }

    private void looked(Waiter waiter, Answer.Taken taken) {
        if (!taken.messages().isEmpty()) {
            // Leaves when it is told.
            waiter.received(taken);
            for (int i = 0; i < LOOKS_AFTER_A_FIND; i++) {
                look();
            }
            return;
        }
        taken.millisUntilVisible().ifPresent(this::wakeIn);
        if (foundNothing(waiter)) {
            look();
        }
    }

    private void lookFailed(Waiter waiter, Throwable failure) {
        if (!LongPolls.passes(failure)) {
            waiter.failed(failure);
            return;
        }
        wakeIn(PAUSE.toMillis());
        foundNothing(waiter);
    }

    /** The waiter waits on, or ends; whether somebody is to look again. */
    private boolean foundNothing(Waiter waiter) {
        boolean over;
        boolean repeat;
        synchronized (this) {
            if (waiter.looking) {
                waiter.looking = false;
                looks--;
            }
            over = waiter.over;
            repeat = again;
            again = false;
        }
        if (over) {
            waiter.endEmpty();
        }
        return repeat;
    }

    /** Somebody looks when this time has passed, or sooner. */
    private void wakeIn(long millis) {
        long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis));
        synchronized (this) {
            if (wakeNanos != Long.MAX_VALUE && at - wakeNanos >= 0) {
                return;
            }
            wakeNanos = at;
        }
        wake.update(timer.schedule(this::woken, Math.max(1, millis), TimeUnit.MILLISECONDS));
    }

    private void woken() {
        synchronized (this) {
            wakeNanos = Long.MAX_VALUE;
        }
        changed();
    }
}

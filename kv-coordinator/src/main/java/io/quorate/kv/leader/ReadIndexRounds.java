package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Expiry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Asks a group's leader for its read index, for many callers at once. A caller shares only a round that
 * is opened after it came; while {@value #MAX_OPEN} are open, those who come gather for the next one,
 * so a flood of readers costs a handful of requests. A round that nobody waits for any more is
 * cancelled. Safe for any thread; who leaves is forgotten in constant time.
 */
final class ReadIndexRounds {
    /** Most callers of one group; beyond, {@link KvFailure.Overloaded}. */
    static final int MAX_CALLERS = 65_536;
    /** Most rounds under way. */
    static final int MAX_OPEN = 4;

    private final Function<Deadline, Mono<Long>> ask;
    private final DeadlineTimer timer;
    private final ForwardListener listener;
    private final Object lock = new Object();
    private Round gathering = new Round();
    private int open;
    private int callers;

    /**
     * Makes the rounds of a group.
     *
     * @param ask asks the leader, with its tries, until a deadline
     */
    ReadIndexRounds(Function<Deadline, Mono<Long>> ask, DeadlineTimer timer,
            ForwardListener listener) {
        this.ask = ask;
        this.timer = timer;
        this.listener = listener;
    }

    /** An index that covers every write acknowledged before the subscription. */
    Mono<Long> next(Deadline deadline) {
        return Mono.create(sink -> join(new Caller(sink, deadline)));
    }

    /** Callers that wait. */
    int callers() {
        synchronized (lock) {
            return callers;
        }
    }

    private void join(Caller caller) {
        if (caller.deadline.hasPassed()) {
            caller.fail(new KvFailure.DeadlineExceeded());
            return;
        }
        Round opened;
        synchronized (lock) {
            if (callers >= MAX_CALLERS) {
                caller.fail(new KvFailure.Overloaded("read index callers"));
                return;
            }
            callers++;
            caller.round = gathering;
            gathering.callers.add(caller);
            opened = openIfRoom();
        }
        if (timer.schedule(caller, caller.deadline.nanoTime())) {
            caller.sink.onDispose(caller::leave);
        } else if (remove(caller)) {
            caller.fail(new KvFailure.Overloaded("deadline timer"));
        }
        if (opened != null) {
            opened.begin();
        }
    }

    /** Under the lock. */
    private @Nullable Round openIfRoom() {
        if (open >= MAX_OPEN || gathering.callers.isEmpty()) {
            return null;
        }
        Round opened = gathering;
        gathering = new Round();
        open++;
        return opened;
    }

    private boolean remove(Caller caller) {
        Round deserted = null;
        synchronized (lock) {
            Round round = caller.round;
            if (round == null || !round.callers.remove(caller)) {
                return false;
            }
            callers--;
            if (round.callers.isEmpty() && round != gathering) {
                deserted = round;
            }
        }
        if (deserted != null) {
            deserted.desert();
        }
        return true;
    }

    /** One request and those who share it. */
    private final class Round {
        private final Set<Caller> callers = new LinkedHashSet<>();
        private final Disposable.Swap asking = Disposables.swap();
        private long begun;
        private boolean ended;

        void begin() {
            begun = System.nanoTime();
            asking.update(ask.apply(latestDeadline()).subscribe(
                    index -> end(caller -> caller.sink.success(index)),
                    failure -> end(caller -> caller.sink.error(failure)),
                    () -> end(caller -> caller.fail(new KvFailure.NoLeader()))));
        }

        void desert() {
            end(caller -> {});
            asking.dispose();
        }

        private void end(Consumer<Caller> tell) {
            List<Caller> told;
            Round opened;
            synchronized (lock) {
                if (ended) {
                    return;
                }
                ended = true;
                told = List.copyOf(callers);
                callers.clear();
                ReadIndexRounds.this.callers -= told.size();
                open--;
                opened = openIfRoom();
            }
            if (opened != null) {
                opened.begin();
            }
            listener.readIndexRound(told.size(), System.nanoTime() - begun);
            for (Caller caller : told) {
                timer.cancel(caller);
                tell.accept(caller);
            }
        }

        private Deadline latestDeadline() {
            synchronized (lock) {
                Deadline latest = new Deadline(begun);
                for (Caller caller : callers) {
                    if (caller.deadline.nanoTime() - latest.nanoTime() > 0) {
                        latest = caller.deadline;
                    }
                }
                return latest;
            }
        }
    }

    /** One reader. */
    private final class Caller extends Expiry {
        private final MonoSink<Long> sink;
        private final Deadline deadline;
        private @Nullable Round round;

        Caller(MonoSink<Long> sink, Deadline deadline) {
            this.sink = sink;
            this.deadline = deadline;
        }

        void fail(KvFailure failure) {
            sink.error(new KvException(failure));
        }

        void leave() {
            timer.cancel(this);
            remove(this);
        }

        @Override
        protected void expired() {
            if (remove(this)) {
                fail(new KvFailure.DeadlineExceeded());
            }
        }
    }
}

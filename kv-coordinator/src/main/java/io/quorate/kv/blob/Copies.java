package io.quorate.kv.blob;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * One body on its way from this node's file to the other members. A quorum of durable copies, this
 * node's own included where it is a member, is enough; who is slower than that holds back nobody, goes on
 * alone for a while, and is repaired later if it does not get through.
 *
 * <p>Safe for any thread. Calls its listener without a lock.
 */
final class Copies {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    /**
     * What copying works with on this node.
     *
     * @param executor reads files
     * @param timer looks for members that take nothing
     * @param trailing the copies that may go on after their quorum
     */
    record Means(BodyPeers peers, BlobFiles files, Executor executor, Scheduler timer,
            Semaphore trailing, BlobSettings settings) {}

    /**
     * What is copied, to whom.
     *
     * @param self this node
     * @param members who counts
     */
    record Target(UUID id, String self, BodyMembers members) {}

    /** Hears what concerns the upload; must not block. */
    interface Listener {
        /** The copies have caught up. */
        void caughtUp();

        /** No quorum can have the body any more. */
        void lost(KvException failure);
    }

    private enum State {
        RUNNING, HELD, FAILED
    }

    private static final class Copy {
        private final String node;
        private final FileTail tail;
        private State state = State.RUNNING;
        private @Nullable Disposable push;

        Copy(String node, FileTail tail) {
            this.node = node;
            this.tail = tail;
        }

        /** How far it is; a copy that failed is nowhere. */
        long offset() {
            return switch (state) {
                case RUNNING -> tail.taken();
                case HELD -> Long.MAX_VALUE;
                case FAILED -> -1;
            };
        }
    }

    private final Means means;
    private final Target target;
    private final Listener listener;
    private final List<Copy> copies = new ArrayList<>();
    /** Copies on other nodes that make a quorum. */
    private final int needed;

    /** Guards what follows, and the copies' states. */
    private final Object lock = new Object();
    private long written;
    private boolean held;
    private boolean heldBack;
    private boolean over;
    private @Nullable KvException failure;
    private @Nullable MonoSink<List<String>> waiter;
    private @Nullable Disposable watch;

    Copies(Means means, Target target, Listener listener) {
        this.means = means;
        this.target = target;
        this.listener = listener;
        boolean own = target.members().contains(target.self());
        this.needed = target.members().majority() - (own ? 1 : 0);
        for (String node : target.members().nodes()) {
            if (!node.equals(target.self())) {
                copies.add(new Copy(node, newTail()));
            }
        }
    }

    private FileTail newTail() {
        return new FileTail(new FileTail.Source(means.files(), target.id(), 0), means.executor(),
                means.settings().chunkBytes(), this::taken);
    }

    /** Under which members the body is written. */
    long configuration() {
        return target.members().configuration();
    }

    /** Begins to push; the reservation is in the log by now. */
    void begin() {
        if (copies.isEmpty()) {
            return;
        }
        long period = means.settings().copying().progress().toNanos() / 4;
        Disposable watching = means.timer().schedulePeriodically(this::giveUpTheIdle, period,
                period, TimeUnit.NANOSECONDS);
        synchronized (lock) {
            watch = watching;
        }
        for (Copy copy : copies) {
            Disposable push = means.peers()
                    .push(copy.node, target.id(), Flux.from(copy.tail))
                    .subscribe(nothing -> {}, failed -> ended(copy, failed),
                            () -> ended(copy, null));
            boolean wanted;
            synchronized (lock) {
                copy.push = push;
                wanted = copy.state == State.RUNNING;
            }
            if (!wanted) {
                push.dispose();
            }
        }
    }

    /** So many bytes are in this node's file. */
    void written(long total) {
        synchronized (lock) {
            written = total;
        }
        for (Copy copy : copies) {
            copy.tail.written(total);
        }
    }

    /** Whether the sender has to wait for the quorum; then the listener is told when not any more. */
    boolean areBehind() {
        synchronized (lock) {
            heldBack = written - quorumOffset() > means.settings().copying().lagBytes();
            return heldBack;
        }
    }

    /** The body is complete and durable here; emits who holds it once they are a quorum. */
    Mono<List<String>> finish(BodyPart.End end) {
        return Mono.create(sink -> {
            for (Copy copy : copies) {
                copy.tail.finished(end);
            }
            KvException earlier;
            synchronized (lock) {
                waiter = sink;
                earlier = failure;
            }
            if (earlier == null) {
                decide();
            } else {
                sink.error(earlier);
            }
        });
    }

    /** Gives every copy up, unless a quorum was told already. */
    void cancel() {
        List<Copy> running;
        MonoSink<List<String>> told;
        KvException given = new KvFailure.DeadlineExceeded().asException();
        synchronized (lock) {
            if (held || over) {
                return;
            }
            over = true;
            failure = given;
            running = endRunning();
            told = waiter;
        }
        stop(running);
        stopWatching();
        if (told != null) {
            told.error(given);
        }
    }

    private void ended(Copy copy, @Nullable Throwable failed) {
        synchronized (lock) {
            if (copy.state != State.RUNNING) {
                return;
            }
            copy.state = failed == null ? State.HELD : State.FAILED;
            if (held) {
                means.trailing().release();
            }
        }
        if (failed != null) {
            LOG.info("event=body-copy-failed id={} node={} cause={}", target.id(), copy.node,
                    failed.toString());
        }
        decide();
        taken();
    }

    /** Called after every part; cheap. */
    private void taken() {
        synchronized (lock) {
            if (!heldBack
                    || written - quorumOffset() > means.settings().copying().lagBytes()) {
                return;
            }
            heldBack = false;
        }
        listener.caughtUp();
    }

    private long quorumOffset() {
        if (needed <= 0) {
            return Long.MAX_VALUE;
        }
        long[] offsets = copies.stream().mapToLong(Copy::offset).toArray();
        if (offsets.length < needed) {
            return -1;
        }
        Arrays.sort(offsets);
        return Math.max(0, offsets[offsets.length - needed]);
    }

    /** Says what is decided: a quorum holds the body, or none ever will. */
    private void decide() {
        MonoSink<List<String>> told;
        KvException lost = null;
        boolean enough = false;
        List<Copy> running = List.of();
        synchronized (lock) {
            if (held || over) {
                return;
            }
            long holding = count(State.HELD);
            if (holding + count(State.RUNNING) < needed) {
                lost = new KvFailure.Overloaded("blob.quorum").asException();
                failure = lost;
                over = true;
                running = endRunning();
            } else if (holding >= needed && waiter != null) {
                held = true;
                enough = true;
                running = trail();
            }
            told = waiter;
        }
        stop(running);
        if (lost != null) {
            stopWatching();
            tellLost(told, lost);
        } else if (enough && told != null) {
            told.success(holders());
            stopWatchingIfDone();
        }
    }

    private void tellLost(@Nullable MonoSink<List<String>> told, KvException lost) {
        if (told == null) {
            listener.lost(lost);
        } else {
            told.error(lost);
        }
    }

    private long count(State state) {
        return copies.stream().filter(copy -> copy.state == state).count();
    }

    private List<String> holders() {
        List<String> holders = new ArrayList<>();
        synchronized (lock) {
            for (String node : target.members().nodes()) {
                boolean has = node.equals(target.self()) || copies.stream().anyMatch(
                        copy -> copy.node.equals(node) && copy.state == State.HELD);
                if (has) {
                    holders.add(node);
                }
            }
        }
        return holders;
    }

    /** The copies still running go on if there is room for them; those that may not are returned. */
    private List<Copy> trail() {
        List<Copy> refused = new ArrayList<>();
        for (Copy copy : copies) {
            if (copy.state == State.RUNNING && !means.trailing().tryAcquire()) {
                copy.state = State.FAILED;
                refused.add(copy);
            }
        }
        return refused;
    }

    private List<Copy> endRunning() {
        List<Copy> running = copies.stream().filter(copy -> copy.state == State.RUNNING).toList();
        running.forEach(copy -> copy.state = State.FAILED);
        return running;
    }

    private void giveUpTheIdle() {
        long now = System.nanoTime();
        long most = means.settings().copying().progress().toNanos();
        for (Copy copy : copies) {
            if (copy.tail.idleNanos(now) > most && isRunning(copy)) {
                stop(List.of(copy));
                ended(copy, new IllegalStateException("it takes nothing"));
            }
        }
        stopWatchingIfDone();
    }

    private boolean isRunning(Copy copy) {
        synchronized (lock) {
            return copy.state == State.RUNNING;
        }
    }

    private void stop(List<Copy> stopped) {
        for (Copy copy : stopped) {
            Disposable push;
            synchronized (lock) {
                push = copy.push;
            }
            if (push != null) {
                push.dispose();
            }
        }
    }

    private void stopWatchingIfDone() {
        boolean done;
        synchronized (lock) {
            done = (held || over) && count(State.RUNNING) == 0;
        }
        if (done) {
            stopWatching();
        }
    }

    private void stopWatching() {
        Disposable watching;
        synchronized (lock) {
            watching = watch;
        }
        if (watching != null) {
            watching.dispose();
        }
    }
}

package io.quorate.gateway.health;

import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets all probes of one group share verifications. A probe never joins a verification that was
 * asked for before the probe came, for its answer may be older than the probe: it starts one if
 * fewer than {@link #MAX_OPEN} are open, else it gathers with the others for the next. Each probe
 * has its own deadline and leaves at it; a verification that nobody waits for any more is cancelled.
 * Joining and leaving take constant time. Safe for any thread.
 */
final class ProbeRounds {
    /** Verifications open at once; more than one, so that one that hangs does not hold the rest. */
    static final int MAX_OPEN = 4;
    /** Probes waiting at once. */
    static final int MAX_PROBES = 65_536;
    /** The longest that a probe may ask for; its verification lives as long as anyone waits. */
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(60);

    private final Supplier<Mono<Void>> verification;
    private final Object lock = new Object();
    // Guarded by lock, like the fields of every Round.
    private int open;
    private int probes;
    private @Nullable Round gathering;

    /** @param verification asks the store once; reads its Deadline from the Reactor Context */
    ProbeRounds(Supplier<Mono<Void>> verification) {
        this.verification = verification;
    }

    /** The verdict of a verification that starts from now on; NOT_LEADER at the deadline. */
    Mono<Verdict> ask(Deadline deadline) {
        return Mono.<Verdict>create(this::join).timeout(deadline.remaining(),
                Mono.just(Verdict.NOT_LEADER));
    }

    /** Verifications open now. */
    int open() {
        synchronized (lock) {
            return open;
        }
    }

    /** Probes waiting now. */
    int waiting() {
        synchronized (lock) {
            return probes;
        }
    }

    private void join(MonoSink<Verdict> probe) {
        Optional<Round> joined = enter(probe);
        if (joined.isEmpty()) {
            probe.success(Verdict.OVERLOADED);
            return;
        }
        probe.onDispose(() -> leave(joined.get(), probe));
        startNext();
    }

    private Optional<Round> enter(MonoSink<Verdict> probe) {
        synchronized (lock) {
            if (probes >= MAX_PROBES) {
                return Optional.empty();
            }
            probes++;
            Round round = gathering == null ? new Round() : gathering;
            gathering = round;
            round.waiting.add(probe);
            return Optional.of(round);
        }
    }

    private void startNext() {
        Round round;
        synchronized (lock) {
            if (gathering == null || open >= MAX_OPEN) {
                return;
            }
            round = gathering;
            gathering = null;
            round.started = true;
            open++;
        }
        round.running.update(
                verification.get().contextWrite(Deadline.after(ROUND_LIMIT)::into).subscribe(
                        nothing -> {}, failure -> finish(round, Verdict.of(failure)),
                        () -> finish(round, Verdict.OK)));
    }

    private void finish(Round round, Verdict verdict) {
        List<MonoSink<Verdict>> answered;
        synchronized (lock) {
            if (round.ended) {
                return;
            }
            round.ended = true;
            open--;
            answered = new ArrayList<>(round.waiting);
            probes -= round.waiting.size();
            round.waiting.clear();
        }
        startNext();
        answered.forEach(probe -> probe.success(verdict));
    }

    private void leave(Round round, MonoSink<Verdict> probe) {
        synchronized (lock) {
            if (!round.waiting.remove(probe)) {
                return;
            }
            probes--;
            if (!round.waiting.isEmpty()) {
                return;
            }
            if (!round.started) {
                gathering = null;
                return;
            }
            round.ended = true;
            open--;
        }
        round.running.dispose();
        startNext();
    }

    /** One verification and who waits for it. */
    private static final class Round {
        private final Set<MonoSink<Verdict>> waiting = new HashSet<>();
        private final Disposable.Swap running = Disposables.swap();
        private boolean started;
        private boolean ended;
    }
}

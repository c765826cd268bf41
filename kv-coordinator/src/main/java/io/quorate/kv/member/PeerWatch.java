package io.quorate.kv.member;

import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Finds out at which of the addresses known for it each other node answers: the command line's may be
 * older than what the cluster has written down, or newer. Runs on the members' thread.
 */
final class PeerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration GREET = Duration.ofSeconds(1);
    /** Every so many ticks those that answered last time are greeted again. */
    private static final int PERIOD = 10;

    private final Roster roster;
    private final PeerLink link;
    private final Scheduler thread;
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<String, Boolean> answered = new HashMap<>();
    private final Disposable.Swap round = Disposables.swap();
    private boolean running;
    private int ticks;

    PeerWatch(Roster roster, PeerLink link, Scheduler thread) {
        this.roster = roster;
        this.link = link;
        this.thread = thread;
    }

    /** These may have moved. */
    void doubt(Set<String> names) {
        names.forEach(answered::remove);
    }

    /** @param unwell whether the group has no leader: all are greeted then */
    void tick(boolean unwell) {
        boolean all = ticks++ % PERIOD == 0 || unwell;
        if (running) {
            return;
        }
        running = true;
        List<String> names = roster.contacts().stream().map(Roster.Contact::nodeId)
                .filter(name -> !name.equals(roster.self().nodeId()))
                .filter(name -> all || !answered.getOrDefault(name, false)).toList();
        round.update(Flux.fromIterable(names).flatMap(this::greet, Math.max(1, names.size()))
                .publishOn(thread).doFinally(end -> thread.schedule(() -> running = false))
                .subscribe(nothing -> {}, failure -> LOG.debug("greetings ended", failure)));
    }

    private Mono<Void> greet(String name) {
        List<String> addresses = roster.addresses(name);
        if (addresses.isEmpty()) {
            return Mono.empty();
        }
        boolean well = answered.getOrDefault(name, false);
        int turn = well ? 0 : turns.merge(name, 1, Integer::sum) - 1;
        String address = well
                ? roster.addressOf(name).orElse(addresses.getFirst())
                : addresses.get(turn % addresses.size());
        return link.greet(address).contextWrite(Deadline.after(GREET)::into).publishOn(thread)
                .map(Optional::of)
                .onErrorResume(unreachable -> Mono.just(Optional.empty()))
                .publishOn(thread).doOnNext(greeting -> note(name, address, greeting)).then();
    }

    private void note(String name, String address, Optional<Greeting> greeting) {
        boolean right = greeting.filter(found -> found.who().nodeId().equals(name))
                .filter(found -> roster.memberOf(name)
                        .map(member -> member.equals(found.who().uuid())).orElse(true))
                .isPresent();
        answered.put(name, right);
        if (right) {
            if (!roster.addressOf(name).equals(Optional.of(address))) {
                LOG.info("node answers at another address node={} address={}", name, address);
            }
            roster.answeredAt(name, address);
        }
    }

    @Override
    public void close() {
        round.dispose();
    }
}

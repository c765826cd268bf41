package io.quorate.kv.member;

import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@link ClusterAdmin} on any node: asks the leader, here or elsewhere, and again until it is done or the
 * caller's deadline passes. What is asked can be asked again, so an answer that was lost does no harm.
 */
final class RelayedAdmin implements ClusterAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(RelayedAdmin.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** One question, so that a leader that has gone is not waited for to the end. */
    private static final Duration TRY = Duration.ofSeconds(15);
    private static final Duration STATUS_TRY = Duration.ofSeconds(3);

    private final HazelcastRaftGroup group;
    private final Admissions admissions;
    private final PeerLink link;
    private final Scheduler thread;

    RelayedAdmin(HazelcastRaftGroup group, Admissions admissions, PeerLink link,
            Scheduler thread) {
        this.group = group;
        this.admissions = admissions;
        this.link = link;
        this.thread = thread;
    }

    @Override
    public Mono<ClusterStatus> status() {
        return once(new Ask.Status(), STATUS_TRY)
                .flatMap(reply -> reply instanceof Reply.Told(ClusterStatus told)
                        ? Mono.just(told)
                        : Mono.empty())
                .onErrorResume(failure -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(admissions::status).subscribeOn(thread));
    }

    @Override
    public Mono<Void> add(String nodeId, String address) {
        return until(new Ask.Add(nodeId, address));
    }

    @Override
    public Mono<Void> remove(String nodeId) {
        return until(new Ask.Remove(nodeId));
    }

    @Override
    public Mono<Void> transfer(Optional<String> nodeId) {
        return until(new Ask.Transfer(nodeId));
    }

    @Override
    public Mono<Void> cancelRemoval(String nodeId) {
        return until(new Ask.CancelRemoval(nodeId));
    }

    private Mono<Void> until(Ask ask) {
        return Mono.deferContextual(context -> attempt(ask, Deadline.of(context)));
    }

    private Mono<Void> attempt(Ask ask, Deadline deadline) {
        return once(ask, TRY).onErrorResume(failure -> {
            LOG.info("membership question not answered failure={}", failure.toString());
            return Mono.just(new Reply.Later("the leader does not answer"));
        }).flatMap(reply -> switch (reply) {
            case Reply.Done done -> Mono.<Void>empty();
            case Reply.Told told -> Mono.<Void>empty();
            case Reply.Welcome welcome -> Mono.<Void>empty();
            case Reply.Refused(String sentence) -> refused(sentence);
            case Reply.Removed removed -> refused("This node was removed from the cluster.");
            case Reply.Later(String why) -> again(ask, deadline, why);
            case Reply.Elsewhere elsewhere -> again(ask, deadline, "no leader is known");
        });
    }

    private Mono<Void> again(Ask ask, Deadline deadline, String why) {
        return deadline.remaining().compareTo(PAUSE) <= 0
                ? refused("Not done in time: " + why + ".")
                : Mono.delay(PAUSE, thread).then(Mono.defer(() -> attempt(ask, deadline)));
    }

    private static Mono<Void> refused(String sentence) {
        return Mono.error(new KvFailure.Refused(sentence).asException());
    }

    private Mono<Reply> once(Ask ask, Duration patience) {
        return Mono.deferContextual(context -> {
            Deadline bounded = Deadline.of(context).within(patience);
            Function<String, Mono<Reply>> there = leader -> link.calls()
                    .call(leader, PeerCalls.Kind.MEMBERSHIP, group.groupId(), ask.encode())
                    .map(Reply::decode);
            Mono<Reply> answer = group.leadership().isLeader()
                    ? Mono.defer(() -> admissions.administer(ask)).subscribeOn(thread)
                    : group.leadership().leader().map(there)
                            .orElseGet(() -> Mono.just(new Reply.Elsewhere(Optional.empty(),
                                    Optional.empty())));
            return answer.contextWrite(bounded::into).timeout(bounded.remaining());
        });
    }
}

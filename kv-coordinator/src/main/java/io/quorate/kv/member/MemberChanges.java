package io.quorate.kv.member;

import io.quorate.kv.Deadline;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.blob.BodyCoverage;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.hazelcast.GroupMembers;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Carries changes of the membership out, at the leader, one at a time. Each begins with a row that says
 * what is to happen, so that the next leader finishes or drops what this one leaves undone.
 */
final class MemberChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);
    /** A write of rows, here at the leader. */
    private static final Duration WRITE = Duration.ofSeconds(5);
    /** Feeding a checkpoint to a new member may take long; without progress the group gives up earlier. */
    private static final Duration ADD = Duration.ofMinutes(30);
    private static final Duration REMOVE = Duration.ofSeconds(10);
    private static final Duration GREET = Duration.ofSeconds(1);
    /** Before a member leaves, others may have to fetch what it alone made a majority of. */
    private static final Duration RETIRE = Duration.ofMinutes(30);
    /** Counting a member again, or noting that one has gone. */
    private static final Duration NOTE = Duration.ofSeconds(10);
    /** The membership is that of the default group, and any of its routes leads to it. */
    private static final int ROUTE = 0;
    /** A follower that was silent for longer does not count as there. */
    private static final long SILENT_MILLIS = 1_500;

    private final Roster roster;
    private final HazelcastRaftGroup group;
    private final TransactionalKv kv;
    private final BodyCoverage bodies;
    private final PeerLink link;
    private final Scheduler thread;
    /** What is being done; one thing at a time. Guarded by this. */
    private Optional<String> running = Optional.empty();
    private final Disposable.Swap task = Disposables.swap();
    private final RemovalStop stop = new RemovalStop();

    MemberChanges(Membership.Group of, Roster roster, PeerLink link, Scheduler thread) {
        this.roster = roster;
        this.group = of.consensus();
        this.kv = of.kv();
        this.bodies = of.bodies();
        this.link = link;
        this.thread = thread;
    }

    /** The group did not do it. */
    private static final class RefusedByGroup extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedByGroup(RaftFailure failure) {
            super(failure.toString(), null, false, false);
        }
    }

    private synchronized Optional<String> busy() {
        return running;
    }

    /** What is under way and what it waits for, in words for an operator. */
    Optional<String> underWay() {
        return busy().map(what -> what + bodies.waitsFor()
                .filter(report -> report.uncovered() > 0)
                .map(report -> "; it waits until the others have fetched " + report.uncovered()
                        + " of " + report.live() + " object bodies")
                .orElse(""));
    }

    private synchronized boolean begin(String what) {
        if (running.isPresent()) {
            return false;
        }
        running = Optional.of(what);
        return true;
    }

    private synchronized void end() {
        running = Optional.empty();
    }

    Scheduler thread() {
        return thread;
    }

    /** Writes down where a voter is, if that has changed. */
    Mono<Void> noteAddress(RaftMember who, String address) {
        MemberRow row = new MemberRow(who, address, MemberRow.State.MEMBER);
        Optional<MemberRow> known = roster.row(who.nodeId());
        boolean leaving = known.map(now -> now.state() == MemberRow.State.LEAVING).orElse(false);
        if (leaving || known.equals(Optional.of(row)) || busy().isPresent()) {
            return Mono.empty();
        }
        LOG.info("member is at node={} member={} address={}", who.nodeId(), who.uuid(), address);
        return write(MemberRows.put(row)).doOnSuccess(done -> roster.expects(row));
    }

    /** Begins to let a node in, and says that it has. */
    Mono<Reply> let(MemberRow guest) {
        String what = "node " + guest.who().nodeId() + " is being added";
        if (!begin(what)) {
            return Mono.just(new Reply.Later(busy().orElse("another change was being made")));
        }
        LOG.info("adding member node={} member={} address={}", guest.who().nodeId(),
                guest.who().uuid(), guest.address());
        task.update(addition(guest).timeout(ADD)
                .doFinally(signal -> end())
                .subscribe(nothing -> {}, failure -> {
                    roster.forgets(guest.who().nodeId());
                    LOG.warn("member not added node={} reason={}", guest.who().nodeId(),
                            failure.toString());
                }, () -> LOG.info("member added node={} member={}", guest.who().nodeId(),
                        guest.who().uuid())));
        return Mono.just(new Reply.Later(what));
    }

    private Mono<Void> addition(MemberRow guest) {
        RaftMember who = guest.who();
        Optional<RaftMember> former = group.members().named(who.nodeId())
                .filter(voter -> !voter.equals(who));
        Mono<Void> prepared = link.greet(guest.address())
                .contextWrite(Deadline.after(GREET)::into)
                .filter(greeting -> greeting.who().equals(who))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(
                        "somebody else answers at " + guest.address())))
                .then(Mono.defer(() -> former
                        .map(gone -> write(MemberRows.put(guest),
                                MemberRows.removed(gone.uuid(), gone.nodeId())))
                        .orElseGet(() -> write(MemberRows.put(guest)))));
        Mono<Void> replaced = Mono.defer(() -> {
            roster.expects(guest);
            former.ifPresent(gone -> LOG.warn(
                    "replacing member whose data is gone node={} former={} member={}",
                    gone.nodeId(), gone.uuid(), who.uuid()));
            return former.map(this::takeOut).orElseGet(() -> settle(voters()));
        });
        return prepared.then(replaced)
                .then(Mono.defer(() -> change(callback -> group.addMember(who, callback))))
                .then(Mono.defer(() -> settle(with(voters(), who.nodeId()))))
                .then(Mono.defer(() -> write(
                        MemberRows.put(guest.with(MemberRow.State.MEMBER)))))
                .contextWrite(Deadline.after(ADD)::into);
    }

    /** The consensus removes a member once every body has holders enough without it. */
    private Mono<Void> takeOut(RaftMember gone) {
        return retire(gone).then(Mono.defer(() -> withoutVote(gone)));
    }

    private Mono<Void> retire(RaftMember gone) {
        return bodies.retire(ROUTE, voters(), gone.nodeId())
                .contextWrite(Deadline.after(RETIRE)::into);
    }

    private Mono<Void> withoutVote(RaftMember gone) {
        String nodeId = gone.nodeId();
        return Mono.defer(() -> whyNotWithout(nodeId).<Void>flatMap(
                reason -> Mono.error(new IllegalStateException(reason))))
                .then(Mono.defer(() -> change(callback -> group.removeMember(nodeId, callback))
                        .timeout(REMOVE)))
                .then(Mono.defer(() -> settle(without(voters(), nodeId))))
                .contextWrite(Deadline.after(RETIRE)::into);
    }

    private Mono<Void> settle(List<String> voters) {
        return bodies.settle(ROUTE, voters);
    }

    /** As published, which may lag a change that has just ended. */
    private List<String> voters() {
        return group.members().voters().stream().map(RaftMember::nodeId).toList();
    }

    private static List<String> with(List<String> voters, String nodeId) {
        return Stream.concat(voters.stream(), Stream.of(nodeId)).distinct().sorted().toList();
    }

    private static List<String> without(List<String> voters, String nodeId) {
        return voters.stream().filter(voter -> !voter.equals(nodeId)).toList();
    }

    /** Removes a member. */
    Mono<Reply> remove(String nodeId) {
        Optional<RaftMember> voter = group.members().named(nodeId);
        if (voter.isEmpty()) {
            return Mono.just(roster.rows().containsKey(nodeId)
                    ? new Reply.Later("the removal is being finished")
                    : new Reply.Done());
        }
        if (group.members().voters().size() == 1) {
            return Mono.just(new Reply.Refused("Node " + nodeId + " is the only member; a cluster"
                    + " has at least one."));
        }
        return whyNotWithout(nodeId).<Reply>map(Reply.Refused::new).publishOn(thread)
                .switchIfEmpty(Mono.defer(() -> removeSafely(voter.get())));
    }

    private Mono<Reply> removeSafely(RaftMember gone) {
        String nodeId = gone.nodeId();
        if (stop.wasStopped(nodeId)) {
            return Mono.just(new Reply.Refused("The removal of node " + nodeId
                    + " was just cancelled."));
        }
        if (nodeId.equals(group.self())) {
            return transfer(Optional.empty()).map(done -> done instanceof Reply.Done
                    ? new Reply.Later("leadership moves to another node first")
                    : done);
        }
        String what = removing(nodeId);
        if (!begin(what)) {
            return Mono.just(new Reply.Later(underWay().orElse("another change was being made")));
        }
        LOG.info("removing member node={} member={}", nodeId, gone.uuid());
        task.update(removal(gone).doFinally(signal -> end())
                .subscribe(nothing -> {},
                        failure -> LOG.warn("member not removed node={} reason={}", nodeId,
                                failure.toString()),
                        () -> LOG.info("member removed node={} member={}", nodeId, gone.uuid())));
        return Mono.just(new Reply.Later(what));
    }

    private Mono<Void> removal(RaftMember gone) {
        MemberRow row = roster.row(gone.nodeId())
                .orElse(new MemberRow(gone, "", MemberRow.State.LEAVING))
                .with(MemberRow.State.LEAVING);
        return write(MemberRows.put(row))
                .then(Mono.defer(() -> stop.unlessStopped(gone.nodeId(), retire(gone))))
                .then(Mono.defer(() -> withoutVote(gone)))
                .then(Mono.defer(() -> forget(gone)))
                .onErrorResume(failure -> stay(row).then(Mono.error(failure)));
    }

    /** Gives a removal up while it can be. */
    Mono<Reply> cancelRemoval(String nodeId) {
        boolean stopped = stop.stop(nodeId);
        if (stopped) {
            LOG.info("removal is cancelled by an operator node={}", nodeId);
        }
        boolean leaving = roster.row(nodeId)
                .map(row -> row.state() == MemberRow.State.LEAVING).orElse(false);
        if (!stopped && !stop.wasStopped(nodeId) && busy().equals(Optional.of(removing(nodeId)))) {
            return Mono.just(new Reply.Refused("Node " + nodeId
                    + " is losing its vote at this moment; that cannot be cancelled."));
        }
        return Mono.just(stopped || leaving || busy().isPresent()
                ? new Reply.Later("the removal is being taken back")
                : new Reply.Done());
    }

    private static String removing(String nodeId) {
        return "node " + nodeId + " is being removed";
    }

    /** A member that was to leave does not, as far as is known; if the group removes it yet, the rows follow. */
    private Mono<Void> stay(MemberRow row) {
        boolean stays = group.leadership().serving() && group.members().settled()
                && group.members().voters().contains(row.who());
        return stays
                ? bodies.keep(ROUTE, voters(), row.who().nodeId())
                        .contextWrite(Deadline.after(NOTE)::into)
                        .then(Mono.defer(
                                () -> write(MemberRows.put(row.with(MemberRow.State.MEMBER)))))
                : Mono.empty();
    }

    private Mono<Void> forget(RaftMember gone) {
        return write(MemberRows.delete(gone.nodeId()),
                MemberRows.removed(gone.uuid(), gone.nodeId()));
    }

    /** Hands leadership over. */
    Mono<Reply> transfer(Optional<String> nodeId) {
        Optional<String> target = nodeId.or(this::successor);
        if (target.isEmpty()) {
            return Mono.just(new Reply.Later("no other member answers that could lead"));
        }
        if (target.get().equals(group.self())) {
            return Mono.just(new Reply.Done());
        }
        if (group.members().named(target.get()).isEmpty()) {
            return Mono.just(new Reply.Refused(
                    "Node " + target.get() + " is no member of the cluster."));
        }
        return change(callback -> group.transferLeadership(target.get(), callback))
                .<Reply>thenReturn(new Reply.Done())
                .onErrorResume(RefusedByGroup.class, refused -> Mono.just(new Reply.Refused(
                        "Node " + target.get() + " did not take over in time.")));
    }

    /** The follower that answers and is furthest. */
    Optional<String> successor() {
        return group.members().followers().stream()
                .filter(follower -> follower.silentMillis() < SILENT_MILLIS)
                .max(Comparator.comparingLong(GroupMembers.Follower::matchIndex))
                .map(follower -> follower.member().nodeId());
    }

    /** Why the cluster could not go on without a member, if so; greets all others to find out. */
    Mono<String> whyNotWithout(String nodeId) {
        List<RaftMember> rest = group.members().voters().stream()
                .filter(voter -> !voter.nodeId().equals(nodeId)).toList();
        return Flux.fromIterable(rest).flatMap(this::isThere, Math.max(1, rest.size()))
                .filter(there -> there).count().filter(there -> there <= rest.size() / 2)
                .map(there -> "Without node " + nodeId + " only " + there + " of " + rest.size()
                        + " members would answer, which is no majority.");
    }

    private Mono<Boolean> isThere(RaftMember voter) {
        if (voter.nodeId().equals(group.self())) {
            return Mono.just(true);
        }
        return Mono.justOrEmpty(roster.addressOf(voter.nodeId()))
                .flatMap(address -> link.greet(address).contextWrite(Deadline.after(GREET)::into))
                .map(greeting -> greeting.who().equals(voter)).onErrorReturn(false);
    }

    /** At the leader: finishes or drops what an earlier leader left undone. */
    Mono<Void> tidy() {
        if (!group.leadership().serving() || busy().isPresent()
                || !group.members().settled()) {
            return Mono.empty();
        }
        for (MemberRow row : roster.rows().values()) {
            Optional<Mono<Void>> due = leftUndone(row);
            if (due.isPresent() && begin("an earlier change is being finished")) {
                return due.get().doFinally(signal -> end());
            }
        }
        return Mono.empty();
    }

    private Optional<Mono<Void>> leftUndone(MemberRow row) {
        boolean voter = group.members().voters().contains(row.who());
        return switch (row.state()) {
            case MEMBER -> voter ? Optional.empty() : Optional.of(forgetAndSettle(row.who()));
            case LEAVING -> Optional.of(voter ? stay(row) : forgetAndSettle(row.who()));
            case JOINING -> Optional.of(voter
                    ? noted(settle(voters())).then(Mono.defer(
                            () -> write(MemberRows.put(row.with(MemberRow.State.MEMBER)))))
                    : write(MemberRows.delete(row.who().nodeId())));
        };
    }

    private Mono<Void> forgetAndSettle(RaftMember gone) {
        return forget(gone).then(Mono.defer(() -> noted(settle(voters()))));
    }

    private static Mono<Void> noted(Mono<Void> step) {
        return step.contextWrite(Deadline.after(NOTE)::into);
    }

    private Mono<Void> write(Mutation... mutations) {
        return kv.commit(Transaction.of(mutations)).contextWrite(Deadline.after(WRITE)::into)
                .then();
    }

    private static Mono<Void> change(Consumer<RaftGroup.ProposalCallback> begin) {
        return Mono.create(sink -> begin.accept(new RaftGroup.ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                sink.success();
            }

            @Override
            public void failed(RaftFailure failure) {
                sink.error(new RefusedByGroup(failure));
            }
        }));
    }

    @Override
    public void close() {
        task.dispose();
    }
}

package io.quorate.kv.member;

import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.hazelcast.GroupMembers;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Answers what nodes and operators ask about the membership. Only a leader that a quorum has confirmed
 * after the question came says more than who leads. Called on the members' thread; may read the disk.
 */
final class Admissions {
    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);
    /** The most a confirmation of leadership may take out of a question's time. */
    private static final Duration VERIFY = Duration.ofSeconds(2);
    private static final Duration GREET = Duration.ofSeconds(1);
    /** Founders and guests; a row of its own kind bounds the rest. */
    private static final int MAX_MEMBERS = 7;

    private final Roster roster;
    private final HazelcastRaftGroup group;
    private final LeaderVerifier verifier;
    private final MemberRows rows;
    private final MemberChanges changes;
    private final PeerLink link;

    Admissions(Roster roster, HazelcastRaftGroup group, LeaderVerifier verifier, MemberRows rows,
            MemberChanges changes, PeerLink link) {
        this.roster = roster;
        this.group = group;
        this.verifier = verifier;
        this.rows = rows;
        this.changes = changes;
        this.link = link;
    }

    /** Answers a node that wants to be let in, or says where it is. */
    Mono<Reply> join(RaftMember who, Ask.Join ask) {
        if (rows.isRemoved(who.uuid())) {
            return Mono.just(new Reply.Removed());
        }
        return asLeader(() -> isGone(who)
                ? Mono.just(new Reply.Removed())
                : admit(who, ask));
    }

    /**
     * Whether a data directory was a member and is none. The row that says so follows the change; meanwhile the one it
     * had as a member tells.
     */
    private boolean isGone(RaftMember who) {
        GroupMembers members = group.members();
        return rows.isRemoved(who.uuid()) || (members.settled()
                && !members.voters().contains(who)
                && Optional.ofNullable(rows.all().get(who.nodeId()))
                        .filter(row -> row.who().equals(who)
                                && row.state() != MemberRow.State.JOINING)
                        .isPresent());
    }

    /** Does what an operator wants. */
    Mono<Reply> administer(Ask ask) {
        return asLeader(() -> switch (ask) {
            case Ask.Status status -> Mono.just(new Reply.Told(status()));
            case Ask.Add(String nodeId, String address) -> awaitMember(nodeId, address);
            case Ask.Remove(String nodeId) -> changes.remove(nodeId);
            case Ask.Transfer(Optional<String> nodeId) -> changes.transfer(nodeId);
            case Ask.CancelRemoval(String nodeId) -> changes.cancelRemoval(nodeId);
            case Ask.Join join -> Mono.just(new Reply.Refused("This is no question of an"
                    + " operator."));
        });
    }

    private interface Answering {
        Mono<Reply> answer();
    }

    /** Answers if a quorum confirms that this node leads; says who does otherwise. */
    private Mono<Reply> asLeader(Answering then) {
        Leadership now = group.leadership();
        if (!now.isLeader()) {
            return Mono.just(elsewhere(now));
        }
        return Mono.deferContextual(context -> verifier
                .verifyLeader(Deadline.of(context).within(VERIFY)).thenReturn(true)
                .onErrorReturn(false))
                .publishOn(changes.thread())
                .flatMap(leads -> leads ? then.answer() : Mono.just(elsewhere(now)));
    }

    private Reply elsewhere(Leadership now) {
        Optional<String> leader = now.leader().filter(name -> !name.equals(group.self()));
        return new Reply.Elsewhere(leader, leader.flatMap(roster::addressOf));
    }

    private Mono<Reply> admit(RaftMember who, Ask.Join ask) {
        GroupMembers members = group.members();
        if (members.voters().contains(who)) {
            return changes.noteAddress(who, ask.address())
                    .thenReturn(welcome(members, true));
        }
        if (members.voters().size() >= MAX_MEMBERS && members.named(who.nodeId()).isEmpty()) {
            return Mono.just(new Reply.Refused(
                    "The cluster has " + MAX_MEMBERS + " members, the most it can have."));
        }
        return whyNotReplaced(who, ask, members).<Reply>map(Reply.Refused::new)
                .switchIfEmpty(Mono.defer(() -> ask.ready()
                        ? changes.let(new MemberRow(who, ask.address(), MemberRow.State.JOINING))
                        : Mono.just(welcome(members, false))));
    }

    /** A name stands for one data directory: another one takes its place only when the former is gone. */
    private Mono<String> whyNotReplaced(RaftMember who, Ask.Join ask, GroupMembers members) {
        Optional<UUID> former = members.named(who.nodeId()).map(RaftMember::uuid);
        if (former.isEmpty()) {
            return Mono.empty();
        }
        Optional<String> last = roster.row(who.nodeId())
                .filter(row -> row.who().uuid().equals(former.get())).map(MemberRow::address)
                .filter(address -> !address.equals(ask.address()));
        Mono<String> alive = Mono.justOrEmpty(last)
                .flatMap(address -> link.greet(address)
                        .contextWrite(Deadline.after(GREET)::into)
                        .filter(greeting -> greeting.who().uuid().equals(former.get()))
                        .map(greeting -> "Node " + who.nodeId() + " runs at " + address
                                + " with its data; stop it, or start this node under another name.")
                        .onErrorResume(unreachable -> {
                            LOG.info("former data directory does not answer node={} address={}",
                                    who.nodeId(), address);
                            return Mono.empty();
                        }));
        return alive.switchIfEmpty(Mono.defer(() -> changes.whyNotWithout(who.nodeId())));
    }

    private Reply welcome(GroupMembers members, boolean isVoter) {
        UUID cluster = roster.cluster().orElseThrow(
                () -> new IllegalStateException("a leader without a cluster"));
        return new Reply.Welcome(cluster, members.voters().stream()
                .map(voter -> new MemberRow(voter,
                        roster.addressOf(voter.nodeId()).orElse(""), MemberRow.State.MEMBER))
                .toList(), isVoter);
    }

    private Mono<Reply> awaitMember(String nodeId, String address) {
        return link.greet(address).contextWrite(Deadline.after(GREET)::into)
                .map(greeting -> added(nodeId, address, greeting))
                .onErrorResume(failure -> {
                    LOG.info("node to be added does not answer node={} address={}", nodeId,
                            address, failure);
                    return Mono.just(new Reply.Later("nobody answers at " + address));
                });
    }

    private Reply added(String nodeId, String address, Greeting greeting) {
        if (!greeting.who().nodeId().equals(nodeId)) {
            return new Reply.Refused("At " + address + " answers node "
                    + greeting.who().nodeId() + ", not " + nodeId + ".");
        }
        if (greeting.cluster().isPresent() && !greeting.cluster().equals(roster.cluster())) {
            return new Reply.Refused("Node " + nodeId + " belongs to another cluster; empty its"
                    + " data directory first.");
        }
        if (isGone(greeting.who())) {
            return new Reply.Refused("Node " + nodeId + " was removed from this cluster with the"
                    + " data it has; start it with an empty data directory.");
        }
        return group.members().voters().contains(greeting.who()) && group.members().settled()
                ? new Reply.Done()
                : new Reply.Later("node " + nodeId + " has not been added yet: it asks to be when"
                        + " it is started with --peers that name this cluster");
    }

    /** The cluster as this node sees it. */
    ClusterStatus status() {
        Leadership now = group.leadership();
        GroupMembers members = group.members();
        List<ClusterStatus.Member> all = new ArrayList<>();
        for (RaftMember voter : members.voters()) {
            all.add(describe(voter, now, members));
        }
        roster.rows().values().stream()
                .filter(row -> row.state() == MemberRow.State.JOINING
                        && !members.voters().contains(row.who()))
                .map(row -> new ClusterStatus.Member(row.who().nodeId(), row.who().uuid(),
                        row.address(), ClusterStatus.Role.JOINING, -1, -1))
                .forEach(all::add);
        return new ClusterStatus(roster.cluster().orElse(new UUID(0, 0)), group.self(),
                now.leader(), now.term(), group.commitIndex(), all, changes.underWay());
    }

    private ClusterStatus.Member describe(RaftMember voter, Leadership now,
            GroupMembers members) {
        String name = voter.nodeId();
        boolean leaving = roster.row(name)
                .map(row -> row.state() == MemberRow.State.LEAVING).orElse(false);
        boolean leads = now.leader().equals(Optional.of(name));
        ClusterStatus.Role role = leaving
                ? ClusterStatus.Role.LEAVING
                : leads ? ClusterStatus.Role.LEADER : ClusterStatus.Role.FOLLOWER;
        Optional<GroupMembers.Follower> follower = members.followers().stream()
                .filter(other -> other.member().equals(voter)).findFirst();
        boolean self = name.equals(group.self());
        long lag = self
                ? members.heard() - group.appliedIndex()
                : follower.map(other -> members.lastIndex() - other.matchIndex()).orElse(-1L);
        long silent = self
                ? 0
                : follower.map(GroupMembers.Follower::silentMillis)
                        .filter(millis -> millis != Long.MAX_VALUE).orElse(-1L);
        return new ClusterStatus.Member(name, voter.uuid(),
                roster.addressOf(name).orElse(self ? link.address() : ""), role,
                Math.max(-1, lag), silent);
    }
}

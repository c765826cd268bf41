package io.quorate.kv.member;

import io.quorate.kv.Deadline;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.hazelcast.GroupMembers;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Sees to it that this node is a member under its address: asks the leader until it is, and again when it
 * has heard of no leader for a while, for it may have been removed. Runs on the members' thread.
 */
final class Attendance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Without a leader for so long it asks whether it was removed. */
    private static final long LEADERLESS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Roster roster;
    private final HazelcastRaftGroup group;
    private final Admissions admissions;
    private final PeerLink link;
    private final Runnable removed;
    private final Disposable.Swap asking = Disposables.swap();
    private long leaderSeen = System.nanoTime();
    private int next;
    private Optional<String> hint = Optional.empty();
    private volatile boolean inFlight;
    private volatile String answer = "";

    Attendance(Roster roster, HazelcastRaftGroup group, Admissions admissions, PeerLink link,
            Runnable removed) {
        this.roster = roster;
        this.group = group;
        this.admissions = admissions;
        this.link = link;
        this.removed = removed;
    }

    /** Why this node is no full member, if so. */
    Optional<String> reasonNotReady() {
        GroupMembers members = group.members();
        if (members.isVoter() || members.voters().isEmpty()) {
            return Optional.empty();
        }
        String last = answer;
        return Optional.of("the node is not a member of the cluster yet"
                + (last.isEmpty() ? "" : ": " + last));
    }

    void tick() {
        Leadership now = group.leadership();
        if (now.leader().isPresent()) {
            leaderSeen = System.nanoTime();
        }
        if (inFlight || !isDue(now)) {
            return;
        }
        Ask.Join join = new Ask.Join(link.address(), true);
        Optional<Mono<Reply>> question = now.isLeader()
                ? Optional.of(admissions.join(roster.self(), join))
                : target(now).map(address -> link.ask(address, join.encode()).map(Reply::decode));
        question.ifPresent(this::ask);
    }

    private boolean isDue(Leadership now) {
        boolean written = roster.row(roster.self().nodeId())
                .map(row -> row.who().equals(roster.self())
                        && row.address().equals(link.address()))
                .orElse(false);
        boolean leaderless = System.nanoTime() - leaderSeen > LEADERLESS_NANOS;
        return !group.members().isVoter() || !written || (leaderless && !now.isLeader());
    }

    /** The leader if it is known, else one after the other. */
    private Optional<String> target(Leadership now) {
        Optional<String> leader = hint.or(() -> now.leader().flatMap(roster::addressOf));
        hint = Optional.empty();
        List<String> all = roster.everywhere();
        return leader.or(() -> all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(Math.floorMod(next++, all.size()))));
    }

    private void ask(Mono<Reply> question) {
        inFlight = true;
        asking.update(question.contextWrite(Deadline.after(PATIENCE)::into).timeout(PATIENCE)
                .doFinally(end -> inFlight = false)
                .subscribe(this::take,
                        failure -> LOG.debug("membership not asked", failure)));
    }

    private void take(Reply reply) {
        switch (reply) {
            case Reply.Welcome(var cluster, List<MemberRow> members, boolean isVoter) -> {
                members.stream().filter(member -> !member.address().isEmpty())
                        .filter(member -> roster.addressOf(member.who().nodeId()).isEmpty())
                        .forEach(roster::expects);
                say("");
            }
            case Reply.Removed gone -> removed.run();
            case Reply.Refused(String sentence) -> say(sentence);
            case Reply.Later(String why) -> say(why);
            case Reply.Elsewhere(Optional<String> leader, Optional<String> address) ->
                hint = address;
            case Reply.Done done -> say("");
            case Reply.Told told -> say("");
        }
    }

    private void say(String now) {
        if (!now.equals(answer) && !now.isEmpty()) {
            LOG.info("membership answer={}", now);
        }
        answer = now;
    }

    @Override
    public void close() {
        asking.dispose();
    }
}

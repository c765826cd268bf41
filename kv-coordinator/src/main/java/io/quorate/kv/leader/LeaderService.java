package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.txn.GroupReplica;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Answers what other nodes ask of a leader. What was forwarded is never forwarded again: a node that
 * does not lead says so, and whom it believes to lead. What has expired is dropped before it costs
 * anything. Safe for any thread.
 */
final class LeaderService {
    /** How much earlier than the sender this node gives up, at most: so that the sender still hears why. */
    static final Duration WAY_BACK = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(LeaderService.class);

    private final LeaderProxy.Local local;

    LeaderService(LeaderProxy.Local local) {
        this.local = local;
    }

    void serve(PeerCalls peers) {
        serve(peers, PeerCalls.Kind.COMMIT, this::commit);
        serve(peers, PeerCalls.Kind.HANDLER, this::call);
        serve(peers, PeerCalls.Kind.READ_INDEX, (replica, request, deadline) -> replica.readIndex()
                .readIndex(deadline).map(ReadIndexWork::answer));
        serve(peers, PeerCalls.Kind.READ, (replica, request, deadline) -> ReadWork
                .decode(request, local.kv()).answer(replica, deadline));
    }

    @FunctionalInterface
    private interface AtLeader {
        Mono<Value> answer(GroupReplica replica, Value request, Deadline deadline);
    }

    private void serve(PeerCalls peers, PeerCalls.Kind kind, AtLeader service) {
        peers.serve(kind, (group, request) -> Mono.deferContextual(context -> {
            Deadline deadline = withWayBack(Deadline.of(context));
            Optional<KvFailure> refusal = refusal(group, deadline);
            if (refusal.isPresent()) {
                return Mono.error(refusal.get().asException());
            }
            try {
                return service.answer(replica(group), request, deadline);
            } catch (KvException refused) {
                return Mono.error(refused);
            } catch (RuntimeException unreadable) {
                LOG.error("request of a peer cannot be read kind={} group={}", kind, group,
                        unreadable);
                return Mono.error(new KvFailure.Refused("the request cannot be read")
                        .asException());
            }
        }));
    }

    private Optional<KvFailure> refusal(int group, Deadline deadline) {
        if (deadline.hasPassed()) {
            return Optional.of(new KvFailure.DeadlineExceeded());
        }
        Optional<GroupReplica> replica = local.replicas().group(group);
        return replica.isEmpty()
                ? Optional.of(new KvFailure.NoLeader())
                : replica.get().refusal();
    }

    private Mono<Value> commit(GroupReplica replica, Value request, Deadline deadline) {
        if (!(EntryCodec.decodeCommand(request.shared()) instanceof Command.Commit commit)
                || commit.id().isEmpty()) {
            return Mono.error(new KvFailure.Refused("not a forwarded commit").asException());
        }
        CommandId id = commit.id().get();
        Transaction transaction = commit.transaction();
        requireOwned(replica, local.replicas().owning(transaction));
        return isTooOld(replica, id)
                ? tooOld(replica)
                : local.kv().commit(replica, transaction, Optional.of(id), deadline)
                        .map(done -> Replies.committed(done.commitTs()));
    }

    private Mono<Value> call(GroupReplica replica, Value request, Deadline deadline) {
        HandlerRequest forwarded = HandlerRequest.decode(request);
        LeaderCalls.Call call = forwarded.call();
        requireOwned(replica, local.replicas().owning(call.key()));
        if (isTooOld(replica, forwarded.id())) {
            return tooOld(replica);
        }
        Optional<CommandId> id = local.calls().isReadOnly(call)
                ? Optional.empty()
                : Optional.of(forwarded.id());
        return local.calls().run(replica, call, id, deadline).map(Replies::of);
    }

    private static void requireOwned(GroupReplica asked, GroupReplica owner) {
        if (asked.group().groupId() != owner.group().groupId()) {
            throw new KvFailure.NoLeader().asException();
        }
    }

    private static boolean isTooOld(GroupReplica replica, CommandId id) {
        return replica.time().nowMillis() >= id.validBefore();
    }

    private static Mono<Value> tooOld(GroupReplica replica) {
        return Mono.just(Replies.tooOld(replica.time().nowMillis()));
    }

    private GroupReplica replica(int group) {
        return local.replicas().group(group)
                .orElseThrow(() -> new KvFailure.NoLeader().asException());
    }

    private static Deadline withWayBack(Deadline deadline) {
        long tenth = deadline.remainingNanos() / 10;
        return new Deadline(deadline.nanoTime() - Math.clamp(tenth, 0, WAY_BACK.toNanos()));
    }
}

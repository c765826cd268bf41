package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Value;
import io.quorate.kv.txn.GroupReplica;
import reactor.core.publisher.Mono;

/** A handler's call on its way to the leader. */
final class HandlerWork implements Work<LeaderCall.Answer> {
    private final LeaderCalls local;
    private final LeaderCalls.Call call;
    private final SentId id;

    HandlerWork(LeaderCalls local, LeaderCalls.Call call, SentId id) {
        this.local = local;
        this.call = call;
        this.id = id;
    }

    @Override
    public PeerCalls.Kind kind() {
        return PeerCalls.Kind.HANDLER;
    }

    @Override
    public Mono<LeaderCall.Answer> here(GroupReplica replica, Deadline deadline) {
        return local.run(replica, call, id.here(), deadline);
    }

    @Override
    public Value request(long logMillis, Deadline budget) {
        return new HandlerRequest(call, id.sent(logMillis, budget)).encode();
    }

    @Override
    public LeaderCall.Answer answered(Value answer) {
        return Replies.answer(answer);
    }

    @Override
    public boolean changes() {
        return !local.isReadOnly(call);
    }

    @Override
    public boolean isRepeatable() {
        return id.isKnownHere() || local.isReadOnly(call);
    }

    @Override
    public boolean settles(LeaderCall.Answer answer) {
        return answer.committed();
    }

    @Override
    public void renew() {
        id.renew();
    }
}

package io.quorate.kv.leader;

import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.CommandTooLargeException;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.TransactionCoordinator;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A transaction on its way to the leader; forwarded as the command that is proposed there. */
final class CommitWork implements Work<Committed> {
    private final TransactionCoordinator local;
    private final Transaction transaction;
    private final SentId id;

    CommitWork(TransactionCoordinator local, Transaction transaction, SentId id) {
        this.local = local;
        this.transaction = transaction;
        this.id = id;
    }

    @Override
    public PeerCalls.Kind kind() {
        return PeerCalls.Kind.COMMIT;
    }

    @Override
    public Mono<Committed> here(GroupReplica replica, Deadline deadline) {
        return local.commit(replica, transaction, id.here(), deadline);
    }

    @Override
    public Value request(long logMillis, Deadline budget) {
        try {
            return Value.of(EntryCodec.encode(new Command.Commit(transaction,
                    Optional.of(id.sent(logMillis, budget)), Optional.of(Value.empty()))));
        } catch (CommandTooLargeException tooLarge) {
            throw new KvFailure.Refused("the transaction is larger than "
                    + EntryCodec.MAX_COMMAND_BYTES + " bytes").asException();
        }
    }

    @Override
    public Committed answered(Value answer) {
        return new Committed(Replies.answer(answer).value().asReadOnlyBuffer().getLong());
    }

    @Override
    public boolean changes() {
        return !transaction.isReadOnly();
    }

    @Override
    public boolean isRepeatable() {
        return transaction.isReadOnly() || id.isKnownHere();
    }

    @Override
    public void renew() {
        id.renew();
    }
}

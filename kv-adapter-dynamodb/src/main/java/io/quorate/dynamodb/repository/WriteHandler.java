package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.kv.Fence;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides a group of writes at the leader of its items, under their latches: evaluates every
 * condition on the items as they are and changes all of them and their index entries, or nothing.
 * Fails with {@link KvFailure.ConditionFailed} where a table's fence is not as expected.
 */
final class WriteHandler implements LeaderHandler {
    static final String NAME = "dynamodb.Write";
    private static final int TOKEN_VERSION = 1;

    private final WriteEvaluation evaluation;

    WriteHandler(Expressions expressions) {
        this.evaluation = new WriteEvaluation(expressions);
    }

    @Override
    public List<Key> latches(Value request) {
        return WriteCommand.rowsOf(request);
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        WriteCommand command = WriteCommand.decode(request);
        Optional<WriteResult.Status> earlier = earlier(view, command);
        if (earlier.isPresent()) {
            return Decision.answer(new WriteResult(earlier.get(), List.of()).encode());
        }
        checkFences(view, command.writes());
        ItemChanges changes = new ItemChanges();
        List<WriteOutcome> outcomes = new ArrayList<>(command.writes().size());
        boolean failed = false;
        for (ItemWrite write : command.writes()) {
            WriteOutcome outcome = evaluation.decide(view, write, changes);
            failed |= !(outcome instanceof WriteOutcome.Applied);
            outcomes.add(outcome);
        }
        if (failed) {
            return Decision
                    .answer(new WriteResult(WriteResult.Status.FAILED, outcomes).encode());
        }
        List<Mutation> mutations = changes.finish(view);
        WriteCommand.Token token = command.token();
        if (token != null) {
            mutations.add(new Mutation.Put(token.row(),
                    new RowWriter(TOKEN_VERSION).number(view.nowMillis() + token.windowMillis())
                            .bytes(token.digest().shared()).toValue()));
        }
        return new Decision(new Transaction(List.of(), mutations),
                new WriteResult(WriteResult.Status.DONE, outcomes).encode());
    }

    private static Optional<WriteResult.Status> earlier(LeaderView view, WriteCommand command) {
        WriteCommand.Token token = command.token();
        if (token == null) {
            return Optional.empty();
        }
        Optional<Versioned> row = view.get(token.row());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        RowReader in = new RowReader(row.get().value(), TOKEN_VERSION);
        if (in.longNumber() <= view.nowMillis()) {
            return Optional.empty();
        }
        return Optional.of(Value.of(in.bytes()).equals(token.digest())
                ? WriteResult.Status.REPEATED
                : WriteResult.Status.TOKEN_MISMATCH);
    }

    /** Whether a remembered token's time is over. */
    static boolean isExpired(Value token, long nowMillis) {
        return new RowReader(token, TOKEN_VERSION).longNumber() <= nowMillis;
    }

    private static void checkFences(LeaderView view, List<ItemWrite> writes) {
        Set<Key> seen = new HashSet<>();
        for (ItemWrite write : writes) {
            Key key = TableKeyspace.fence(write.target().table(), write.row().route());
            if (seen.add(key)) {
                checkFence(view, key, write.target().schemaVersion());
            }
        }
    }

    static void checkFence(LeaderView view, Key key, long schemaVersion) {
        Optional<Fence> fence = Fence.standing(view, key);
        if (fence.isEmpty() || fence.get().generation() != schemaVersion) {
            throw new KvFailure.ConditionFailed(0).asException();
        }
    }
}

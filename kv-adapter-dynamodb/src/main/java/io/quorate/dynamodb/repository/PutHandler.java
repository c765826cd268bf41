package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.Item;
import io.quorate.kv.Fence;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.List;
import java.util.Optional;

/**
 * Puts an item at the leader of its group, under its latch, where its table's fence is as expected;
 * else fails with {@link KvFailure.ConditionFailed} and changes nothing.
 */
final class PutHandler implements LeaderHandler {
    static final String NAME = "dynamodb.PutItem";

    @Override
    public List<Key> latches(Value request) {
        return List.of(PutCommand.keyOf(request));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        PutCommand put = PutCommand.decode(request);
        Optional<Fence> fence = Fence.standing(view,
                TableKeyspace.fence(put.table(), put.key().route()));
        if (fence.isEmpty() || fence.get().generation() != put.schemaVersion()) {
            throw new KvFailure.ConditionFailed(0).asException();
        }
        Optional<Item> old = put.returns() == PutReturns.NOTHING
                ? Optional.empty()
                : view.get(put.key()).map(row -> Item.of(row.value().shared()));
        return new Decision(Transaction.of(new Mutation.Put(put.key(), put.item())),
                PutOutcome.encode(put.returns(), old));
    }
}

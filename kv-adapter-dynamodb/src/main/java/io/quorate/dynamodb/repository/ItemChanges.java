package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.StreamRecord;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a group of writes changes: rows of items and indexes, and the records of it in streams. All
 * records of one group have the same time, and no record has a lesser time than one before it in its
 * shard. Not thread-safe.
 */
final class ItemChanges {
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<StreamKeyspace.Shard, List<Recorded>> recorded = new LinkedHashMap<>();

    /** Where rows are added. */
    List<Mutation> rows() {
        return mutations;
    }

    /** Notes that an item changed; nothing is recorded of a change that left it as it was. */
    void record(ItemWrite write, @Nullable Item before, @Nullable Item after) {
        WriteTarget.Stream stream = write.target().stream();
        if (stream == null || isSame(before, after)) {
            return;
        }
        recorded.computeIfAbsent(write.target().shardOf(write.row(), stream),
                any -> new ArrayList<>()).add(new Recorded(write, before, after));
    }

    private static boolean isSame(@Nullable Item before, @Nullable Item after) {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        return before.equals(after) || (before.shared().length == after.shared().length
                && ItemTree.attributes(before).equals(ItemTree.attributes(after)));
    }

    /** Everything that changes, the records numbered. */
    List<Mutation> finish(LeaderView view) {
        if (recorded.isEmpty()) {
            return mutations;
        }
        Map<StreamKeyspace.Shard, StreamCodec.Head> heads = new LinkedHashMap<>();
        long now = view.nowMillis();
        for (StreamKeyspace.Shard shard : recorded.keySet()) {
            StreamCodec.Head head = view.get(shard.head())
                    .map(row -> StreamCodec.Head.decode(row.value()))
                    .orElse(StreamCodec.Head.EMPTY);
            heads.put(shard, head);
            now = Math.max(now, head.lastMillis());
        }
        for (Map.Entry<StreamKeyspace.Shard, StreamCodec.Head> shard : heads.entrySet()) {
            long next = shard.getValue().next();
            for (Recorded change : recorded.getOrDefault(shard.getKey(), List.of())) {
                Key row = shard.getKey().record(next++);
                mutations.add(new Mutation.Put(row, StreamCodec.encode(change.at(now))));
            }
            mutations.add(new Mutation.Put(shard.getKey().head(),
                    new StreamCodec.Head(next, now).encode()));
        }
        return mutations;
    }

    /** A change that is to be recorded. */
    private record Recorded(ItemWrite write, @Nullable Item before, @Nullable Item after) {
        StreamRecord at(long millis) {
            WriteTarget.Stream stream = write.target().stream();
            StreamView view = stream == null ? StreamView.KEYS_ONLY : stream.view();
            Item item = after == null ? before : after;
            if (item == null) {
                throw new IllegalStateException("nothing became nothing");
            }
            StreamRecord.Change change = before == null
                    ? StreamRecord.Change.INSERT
                    : after == null ? StreamRecord.Change.REMOVE : StreamRecord.Change.MODIFY;
            return new StreamRecord(change, millis,
                    write.action() == ItemWrite.Action.EXPIRE,
                    new StreamRecord.Images(
                            Projection.ofAttributes(write.target().keys().names()).of(item),
                            view.hasOld() ? before : null, view.hasNew() ? after : null));
        }
    }
}

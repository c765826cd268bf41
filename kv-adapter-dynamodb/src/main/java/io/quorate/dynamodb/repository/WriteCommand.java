package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the handler of writes is asked, between nodes of one release and the next. The rows come
 * first, so that latches are found without reading the rest.
 *
 * @param writes at least one, of different items
 * @param token the caller's token, by which a repetition is recognized; null if there is none
 */
record WriteCommand(List<ItemWrite> writes, @Nullable Token token) {
    private static final int VERSION = 2;
    /** What nodes send and read that know no streams. */
    private static final int WITHOUT_STREAM = 1;

    WriteCommand {
        writes = List.copyOf(writes);
    }

    /**
     * A ClientRequestToken.
     *
     * @param row where it is remembered
     * @param digest of the request
     * @param windowMillis how long
     */
    record Token(Key row, Value digest, long windowMillis) {}

    Value encode() {
        int version = version();
        RowWriter out = new RowWriter(version).octet(writes.size());
        for (ItemWrite write : writes) {
            key(out, write.row());
        }
        if (version > WITHOUT_STREAM) {
            Set<Key> heads = streamHeads();
            out.octet(heads.size());
            heads.forEach(head -> key(out, head));
        }
        out.flag(token != null);
        if (token != null) {
            key(out, token.row());
            out.bytes(token.digest().shared()).number(token.windowMillis());
        }
        for (ItemWrite write : writes) {
            write(out, write, version);
        }
        return out.toValue();
    }

    /** The oldest that can say it, so that a leader of an earlier release can read what concerns it. */
    private int version() {
        return writes.stream().anyMatch(write -> write.target().stream() != null)
                ? VERSION
                : WITHOUT_STREAM;
    }

    private static int versionOf(Value request) {
        int version = request.shared()[0];
        if (version < WITHOUT_STREAM || version > VERSION) {
            throw new IllegalStateException("a command of version " + version);
        }
        return version;
    }

    static WriteCommand decode(Value request) {
        int version = versionOf(request);
        RowReader in = new RowReader(request, version);
        int count = in.octet();
        List<Key> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(key(in));
        }
        for (int rest = version == WITHOUT_STREAM ? 0 : in.octet(); rest > 0; rest--) {
            key(in);
        }
        @Nullable
        Token token = in.flag() ? new Token(key(in), Value.of(in.bytes()), in.longNumber()) : null;
        List<ItemWrite> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writes.add(write(in, rows.get(i), version));
        }
        return new WriteCommand(writes, token);
    }

    /**
     * The heads of the shards that record the writes. What finds no room among the latches is validated
     * at commit like everything that was read; latches merely save the conflict.
     */
    private Set<Key> streamHeads() {
        Set<Key> heads = new LinkedHashSet<>();
        for (ItemWrite write : writes) {
            WriteTarget.Stream stream = write.target().stream();
            if (stream != null
                    && writes.size() + heads.size() < LeaderHandler.MAX_LATCHES - 1) {
                heads.add(write.target().shardOf(write.row(), stream).head());
            }
        }
        return heads;
    }

    /** The rows alone, for the latches. */
    static List<Key> rowsOf(Value request) {
        int version = versionOf(request);
        RowReader in = new RowReader(request, version);
        int count = in.octet();
        List<Key> rows = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            rows.add(key(in));
        }
        for (int rest = version == WITHOUT_STREAM ? 0 : in.octet(); rest > 0; rest--) {
            rows.add(key(in));
        }
        if (in.flag()) {
            rows.add(key(in));
        }
        return rows;
    }

    private static void write(RowWriter out, ItemWrite write, int version) {
        ItemWrite.Returning returning = write.returning();
        out.text(write.action().name()).text(returning.values().name())
                .flag(returning.oldOnFailure()).flag(returning.sizes());
        target(out, write.target(), version);
        out.bytes(write.key().partition());
        byte[] sort = write.key().sort();
        out.flag(sort != null);
        if (sort != null) {
            out.bytes(sort);
        }
        out.bytes(write.item().shared());
        expressions(out, write.expressions());
    }

    private static ItemWrite write(RowReader in, Key row, int version) {
        ItemWrite.Action action = ItemWrite.Action.valueOf(in.text());
        ItemWrite.Returning returning = new ItemWrite.Returning(
                ItemWrite.Values.valueOf(in.text()), in.flag(), in.flag());
        WriteTarget target = target(in, version);
        PrimaryKey key = new PrimaryKey(in.bytes(), in.flag() ? in.bytes() : null);
        return new ItemWrite(action, target, new ItemAddress(key, row), Item.of(in.bytes()),
                expressions(in), returning);
    }

    private static void target(RowWriter out, WriteTarget target, int version) {
        out.number(target.table()).number(target.schemaVersion());
        KeySchema keys = target.keys();
        IndexCodec.attributes(out, keys.sort() == null
                ? List.of(keys.partition())
                : List.of(keys.partition(), keys.sort()));
        out.flag(!target.indexes().isEmpty());
        if (!target.indexes().isEmpty()) {
            out.bytes(IndexCodec.encode(target.indexes()));
        }
        if (version == WITHOUT_STREAM) {
            return;
        }
        WriteTarget.Stream stream = target.stream();
        out.flag(stream != null);
        if (stream != null) {
            out.number(stream.created()).text(stream.view().name());
        }
    }

    private static WriteTarget target(RowReader in, int version) {
        long table = in.longNumber();
        long schemaVersion = in.longNumber();
        List<AttributeDefinition> keys = IndexCodec.attributes(in);
        List<SecondaryIndex> indexes = in.flag() ? IndexCodec.decode(in.bytes()) : List.of();
        WriteTarget.@Nullable Stream stream = version > WITHOUT_STREAM && in.flag()
                ? new WriteTarget.Stream(in.longNumber(), StreamView.valueOf(in.text()))
                : null;
        return new WriteTarget(table, schemaVersion,
                new KeySchema(keys.getFirst(), keys.size() == 1 ? null : keys.get(1)), indexes,
                stream);
    }

    private static void expressions(RowWriter out, ItemExpressions expressions) {
        boolean any = expressions.condition() != null || expressions.update() != null;
        out.flag(any);
        if (!any) {
            return;
        }
        out.text(Optional.ofNullable(expressions.condition()));
        out.text(Optional.ofNullable(expressions.update()));
        out.number(expressions.names().size());
        expressions.names().forEach((placeholder, name) -> out.text(placeholder).text(name));
        Item values = expressions.values();
        out.flag(values != null);
        if (values != null) {
            out.bytes(values.shared());
        }
    }

    private static ItemExpressions expressions(RowReader in) {
        if (!in.flag()) {
            return ItemExpressions.NONE;
        }
        @Nullable
        String condition = in.optionalText().orElse(null);
        @Nullable
        String update = in.optionalText().orElse(null);
        Map<String, String> names = new HashMap<>();
        for (int rest = in.number(); rest > 0; rest--) {
            names.put(in.text(), in.text());
        }
        return new ItemExpressions(condition, update, names,
                in.flag() ? Item.of(in.bytes()) : null);
    }

    private static void key(RowWriter out, Key key) {
        out.number(key.route()).bytes(key.shared());
    }

    private static Key key(RowReader in) {
        return Key.of(in.number(), in.bytes());
    }
}

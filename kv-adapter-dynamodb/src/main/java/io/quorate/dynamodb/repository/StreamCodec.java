package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.model.StreamRecord;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored forms of streams' rows. Pure functions. */
final class StreamCodec {
    private static final int VERSION = 1;

    private StreamCodec() {}

    /**
     * Where a shard ends.
     *
     * @param next the number of the next record; the first record is 1
     * @param lastMillis the time of the last record
     */
    record Head(long next, long lastMillis) {
        static final Head EMPTY = new Head(1, 0);

        Value encode() {
            return new RowWriter(VERSION).number(next).number(lastMillis).toValue();
        }

        static Head decode(Value value) {
            RowReader in = new RowReader(value, VERSION);
            return new Head(in.longNumber(), in.longNumber());
        }
    }

    static Value encode(StreamDefinition definition) {
        RowWriter out = new RowWriter(VERSION).text(definition.table().account())
                .text(definition.table().name()).number(definition.tableNumber());
        KeySchema keys = definition.keys();
        IndexCodec.attributes(out, keys.sort() == null
                ? List.of(keys.partition())
                : List.of(keys.partition(), keys.sort()));
        TableStream stream = definition.stream();
        return out.number(stream.createdAtMillis()).text(stream.view().name())
                .number(stream.disabledAtMillis()).toValue();
    }

    static StreamDefinition definition(Value value) {
        RowReader in = new RowReader(value, VERSION);
        TableName table = new TableName(in.text(), in.text());
        long number = in.longNumber();
        List<AttributeDefinition> keys = IndexCodec.attributes(in);
        return new StreamDefinition(table, number,
                new KeySchema(keys.getFirst(), keys.size() == 1 ? null : keys.get(1)),
                new TableStream(in.longNumber(), StreamView.valueOf(in.text()), in.longNumber()));
    }

    static Value encode(StreamRecord record) {
        RowWriter out = new RowWriter(VERSION).text(record.change().name())
                .number(record.atMillis()).flag(record.expired());
        out.bytes(record.images().keys().shared());
        item(out, record.images().before());
        item(out, record.images().after());
        return out.toValue();
    }

    static StreamRecord record(Value value) {
        RowReader in = new RowReader(value, VERSION);
        return new StreamRecord(StreamRecord.Change.valueOf(in.text()), in.longNumber(),
                in.flag(), new StreamRecord.Images(Item.of(in.bytes()), item(in), item(in)));
    }

    private static void item(RowWriter out, @Nullable Item item) {
        out.flag(item != null);
        if (item != null) {
            out.bytes(item.shared());
        }
    }

    private static @Nullable Item item(RowReader in) {
        return in.flag() ? Item.of(in.bytes()) : null;
    }
}

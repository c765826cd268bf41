package io.quorate.dynamodb.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A deleted table whose rows may not all be removed yet.
 *
 * @param table its number
 * @param globalIndexes the numbers of its global indexes
 */
record Remains(long table, List<Long> globalIndexes) {
    private static final int VERSION = 1;

    Remains {
        globalIndexes = List.copyOf(globalIndexes);
    }

    Value encode() {
        RowWriter out = new RowWriter(VERSION).number(table).number(globalIndexes.size());
        globalIndexes.forEach(out::number);
        return out.toValue();
    }

    static Remains decode(Value value) {
        RowReader in = new RowReader(value, VERSION);
        long table = in.longNumber();
        List<Long> indexes = new ArrayList<>();
        for (int rest = in.number(); rest > 0; rest--) {
            indexes.add(in.longNumber());
        }
        return new Remains(table, indexes);
    }
}

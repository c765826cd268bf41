package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.kv.Mutation;
import java.util.List;

/** The parts that streams have in transactions which change their tables. Pure functions. */
final class StreamRows {
    private StreamRows() {}

    /** Writes the definition of the table's stream, if it has one. */
    static void write(TableDefinition table, List<Mutation> into) {
        TableStream stream = table.extras().stream();
        if (stream != null) {
            put(table, stream, into);
        }
    }

    /** Switches the stream of a table off that is being deleted. */
    static void disable(TableDefinition table, long nowMillis, List<Mutation> into) {
        TableStream stream = table.extras().stream();
        if (stream != null && stream.isEnabled()) {
            put(table, stream.disabled(nowMillis), into);
        }
    }

    private static void put(TableDefinition table, TableStream stream, List<Mutation> into) {
        into.add(new Mutation.Put(
                StreamKeyspace.definition(table.name(), stream.createdAtMillis()),
                StreamCodec.encode(new StreamDefinition(table.name(), table.identity().number(),
                        table.keys(), stream))));
    }
}

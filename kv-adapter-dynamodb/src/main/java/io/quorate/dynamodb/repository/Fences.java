package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.kv.Value;
import java.nio.ByteBuffer;

/**
 * What a table's fence rows say: the version of its schema. A fence exists as long as its table, and
 * no other table ever has the same number.
 */
final class Fences {
    private Fences() {}

    static Value value(TableDefinition table) {
        return value(table.identity().schemaVersion());
    }

    static Value value(long schemaVersion) {
        return Value.of(ByteBuffer.allocate(Long.BYTES).putLong(schemaVersion).array());
    }
}

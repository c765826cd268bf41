package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableName;
import java.util.Optional;

/**
 * What a request consumed. Nothing is throttled by it.
 *
 * @param table the table's name, as the request gave it
 * @param units capacity units; half ones for reads that need not be consistent
 * @param byTable whether to answer the table's share too, as INDEXES asks
 */
public record ConsumedCapacity(String table, double units, boolean byTable) {
    private static final int WRITE_UNIT_BYTES = 1024;
    private static final int READ_UNIT_BYTES = 4096;

    /** The capacity of a write that left or replaced an item of this size. */
    static Optional<ConsumedCapacity> write(ReturnConsumedCapacity asked, TableName table,
            int sizeBytes) {
        return of(asked, table, units(sizeBytes, WRITE_UNIT_BYTES));
    }

    /** The capacity of a read that found an item of this size, 0 if it found none. */
    static Optional<ConsumedCapacity> read(ReturnConsumedCapacity asked, TableName table,
            int sizeBytes, boolean consistent) {
        double units = units(sizeBytes, READ_UNIT_BYTES);
        return of(asked, table, consistent ? units : units / 2);
    }

    private static Optional<ConsumedCapacity> of(ReturnConsumedCapacity asked, TableName table,
            double units) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(new ConsumedCapacity(table.name(), units, false));
            case INDEXES -> Optional.of(new ConsumedCapacity(table.name(), units, true));
        };
    }

    private static double units(int sizeBytes, int unitBytes) {
        return Math.max(1, Math.ceilDiv(sizeBytes, unitBytes));
    }
}

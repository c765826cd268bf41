package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.SecondaryIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request consumed of one table. Nothing is throttled by it.
 *
 * @param table the table's name, as the request gave it
 * @param kind what it was consumed by
 * @param tableUnits units of the table itself; half ones for reads that need not be consistent
 * @param detailed whether to answer the shares of table and indexes, as INDEXES asks
 * @param indexes units by index, of those that consumed some
 */
public record ConsumedCapacity(String table, Kind kind, double tableUnits, boolean detailed,
        Map<SecondaryIndex, Double> indexes) {
    private static final int WRITE_UNIT_BYTES = 1024;
    private static final int READ_UNIT_BYTES = 4096;

    /** What units are answered beside their sum. */
    public enum Kind {
        PLAIN, TRANSACTIONAL_READ, TRANSACTIONAL_WRITE
    }

    /** All units. */
    public double units() {
        return tableUnits + indexes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The capacity of a write that left or replaced an item of this size. */
    static Optional<ConsumedCapacity> write(ReturnConsumedCapacity asked, String table,
            int sizeBytes, Map<SecondaryIndex, Double> indexes) {
        return of(asked, table, Kind.PLAIN, writeUnits(sizeBytes), indexes);
    }

    /** The capacity of a read that found an item of this size, 0 if it found none. */
    static Optional<ConsumedCapacity> read(ReturnConsumedCapacity asked, String table,
            int sizeBytes, boolean consistent) {
        return of(asked, table, Kind.PLAIN, readUnits(sizeBytes, consistent), Map.of());
    }

    /** That much, if it was asked for. */
    static Optional<ConsumedCapacity> of(ReturnConsumedCapacity asked, String table, Kind kind,
            double units, Map<SecondaryIndex, Double> indexes) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(new ConsumedCapacity(table, kind, units, false, indexes));
            case INDEXES -> Optional.of(new ConsumedCapacity(table, kind, units, true, indexes));
        };
    }

    static double writeUnits(int sizeBytes) {
        return Math.max(1, Math.ceilDiv(sizeBytes, WRITE_UNIT_BYTES));
    }

    static double readUnits(int sizeBytes, boolean consistent) {
        double units = Math.max(1, Math.ceilDiv(sizeBytes, READ_UNIT_BYTES));
        return consistent ? units : units / 2;
    }

    /** Units by index, without those that consumed none. */
    static Map<SecondaryIndex, Double> byIndex(List<SecondaryIndex> indexes,
            List<Integer> units) {
        Map<SecondaryIndex, Double> byIndex = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i) > 0) {
                byIndex.put(indexes.get(i), (double) units.get(i));
            }
        }
        return byIndex;
    }

    /** Both together; of one table. */
    ConsumedCapacity plus(ConsumedCapacity other) {
        Map<SecondaryIndex, Double> sum = new LinkedHashMap<>(indexes);
        other.indexes.forEach((index, units) -> sum.merge(index, units, Double::sum));
        return new ConsumedCapacity(table, kind, tableUnits + other.tableUnits, detailed, sum);
    }
}

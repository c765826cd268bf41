package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.KeyCondition;
import io.quorate.dynamodb.keyspace.SortBounds;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.repository.PageReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a table or index that a key condition wants: partition values that must be equal, then
 * equal sort values in order, then bounds of the next one.
 */
final class QueryKeys {
    private static final String UNSUPPORTED = "Query key condition not supported";

    private final KeyCondition condition;
    private final List<byte[]> partition = new ArrayList<>();
    private SortBounds bounds = SortBounds.ALL;
    private int used;

    private QueryKeys(KeyCondition condition) {
        this.condition = condition;
    }

    static QueryKeys of(KeyCondition condition, ReadPlan plan) {
        QueryKeys keys = new QueryKeys(condition);
        keys.readPartition(plan);
        keys.readSort(plan);
        if (keys.used < condition.predicates().size()) {
            throw DynamoDbException.validation(UNSUPPORTED);
        }
        return keys;
    }

    PageReader.Range range(ReadPlan plan, boolean descending, int limit) {
        return PageReader.Range.partition(plan.table(), plan.index(), partition, bounds)
                .bounded(descending, limit);
    }

    private void readPartition(ReadPlan plan) {
        for (AttributeDefinition key : plan.partition()) {
            KeyCondition.Predicate predicate = condition.predicates().get(key.name());
            if (predicate == null) {
                throw DynamoDbException.validation(
                        "Query condition missed key schema element: " + key.name());
            }
            if (!(predicate instanceof KeyCondition.Compare compare)
                    || compare.comparator() != Condition.Comparator.EQ) {
                throw DynamoDbException.validation(UNSUPPORTED);
            }
            partition.add(value(key, compare.value()));
            used++;
        }
    }

    private void readSort(ReadPlan plan) {
        List<byte[]> equal = new ArrayList<>();
        for (AttributeDefinition key : plan.sort()) {
            KeyCondition.Predicate predicate = condition.predicates().get(key.name());
            if (predicate == null) {
                break;
            }
            used++;
            if (predicate instanceof KeyCondition.Compare compare
                    && compare.comparator() == Condition.Comparator.EQ) {
                equal.add(value(key, compare.value()));
                continue;
            }
            bounds = bounds(key, predicate, equal);
            return;
        }
        bounds = new SortBounds(equal, null, null, null);
    }

    private static SortBounds bounds(AttributeDefinition key, KeyCondition.Predicate predicate,
            List<byte[]> equal) {
        return switch (predicate) {
            case KeyCondition.Within within -> {
                Bytes low = Bytes.of(value(key, within.low()));
                yield new SortBounds(equal, new SortBounds.Bound(low, true),
                        new SortBounds.Bound(Bytes.of(value(key, within.high())), true), null);
            }
            case KeyCondition.BeginsWith begins -> {
                if (key.type() == ScalarType.N) {
                    throw DynamoDbException.validation(UNSUPPORTED);
                }
                yield new SortBounds(equal, null, null,
                        Bytes.of(value(key, begins.prefix())));
            }
            case KeyCondition.Compare compare -> compared(key, compare, equal);
        };
    }

    private static SortBounds compared(AttributeDefinition key, KeyCondition.Compare compare,
            List<byte[]> equal) {
        Bytes value = Bytes.of(value(key, compare.value()));
        return switch (compare.comparator()) {
            case LT -> new SortBounds(equal, null, new SortBounds.Bound(value, false), null);
            case LE -> new SortBounds(equal, null, new SortBounds.Bound(value, true), null);
            case GT -> new SortBounds(equal, new SortBounds.Bound(value, false), null, null);
            case GE -> new SortBounds(equal, new SortBounds.Bound(value, true), null, null);
            case EQ, NE -> throw new IllegalStateException("no bound: " + compare.comparator());
        };
    }

    private static byte[] value(AttributeDefinition key, AttributeValue value) {
        if (!(value instanceof AttributeValue.Scalar scalar)
                || scalar.type() != key.type().attributeType()) {
            throw DynamoDbException
                    .invalidParameter("Condition parameter type does not match schema type");
        }
        if (scalar.encoded().length() == 0) {
            throw DynamoDbException.validation("One or more parameter values are not valid. The"
                    + " AttributeValue for a key attribute cannot contain an empty "
                    + (key.type() == ScalarType.S ? "string" : "binary") + " value. Key: "
                    + key.name());
        }
        return scalar.encoded().shared();
    }
}

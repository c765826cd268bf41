package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Query and Scan read: the table or an index, and what that can answer. Made for one request;
 * refuses what the definition does not allow.
 *
 * @param table the table
 * @param index the index, or null
 * @param fetch whether entries of a local index lack attributes that were asked for
 */
record ReadPlan(TableDefinition table, @Nullable SecondaryIndex index, boolean fetch) {
    static ReadPlan of(PageRequest request, TableDefinition table) {
        String name = request.index();
        if (name == null) {
            return new ReadPlan(table, null, false);
        }
        SecondaryIndex index = table.index(name).filter(
                found -> found.state().status() != SecondaryIndex.Status.DELETING)
                .orElseThrow(() -> DynamoDbException.validation(
                        "The table does not have the specified index: " + name));
        if (index.isGlobal()) {
            checkGlobal(request, index);
        }
        return new ReadPlan(table, index, needsFetch(request, table, index));
    }

    private static void checkGlobal(PageRequest request, SecondaryIndex index) {
        if (request.consistent()) {
            throw DynamoDbException.validation(
                    "Consistent reads are not supported on global secondary indexes");
        }
        if (!index.isActive()) {
            throw DynamoDbException.validation(
                    "Cannot read from backfilling global secondary index: " + index.name());
        }
    }

    private static boolean needsFetch(PageRequest request, TableDefinition table,
            SecondaryIndex index) {
        if (index.projection().type() == SecondaryIndex.ProjectionType.ALL) {
            return false;
        }
        if (request.select() == PageRequest.Select.ALL_ATTRIBUTES) {
            if (index.isGlobal()) {
                throw DynamoDbException.invalidParameter("Select type ALL_ATTRIBUTES is not"
                        + " supported for global secondary index " + index.name()
                        + " because its projection type is not ALL");
            }
            return true;
        }
        List<String> missing = new ArrayList<>(asked(request));
        missing.removeAll(index.projectedNames(table.keys()));
        if (!missing.isEmpty() && index.isGlobal()) {
            throw DynamoDbException.invalidParameter("Global secondary index " + index.name()
                    + " does not project " + missing);
        }
        return !missing.isEmpty();
    }

    private static List<String> asked(PageRequest request) {
        Projection projection = request.projection();
        List<String> asked = new ArrayList<>(projection == null
                ? List.of()
                : projection.attributes());
        PageRequest.Filter filter = request.filter();
        if (filter != null) {
            filter.attributes().stream().filter(name -> !asked.contains(name))
                    .forEach(asked::add);
        }
        return asked;
    }

    /** The attributes by which what is read is partitioned. */
    List<AttributeDefinition> partition() {
        return index == null ? List.of(table.keys().partition()) : index.keys().partition();
    }

    /** The attributes by which what is read is sorted within a partition. */
    List<AttributeDefinition> sort() {
        if (index != null) {
            return index.keys().sort();
        }
        AttributeDefinition sort = table.keys().sort();
        return sort == null ? List.of() : List.of(sort);
    }

    /** The attributes of LastEvaluatedKey and ExclusiveStartKey. */
    List<String> cursorNames() {
        List<String> names = new ArrayList<>(table.keys().names());
        if (index != null) {
            index.keys().all().stream().map(AttributeDefinition::name)
                    .filter(name -> !names.contains(name)).forEach(names::add);
        }
        return names;
    }

    /** The attributes that are keys of what is read, which a Query's filter must not use. */
    List<String> keyNames() {
        List<String> names = new ArrayList<>();
        partition().forEach(key -> names.add(key.name()));
        sort().forEach(key -> names.add(key.name()));
        return names;
    }

    /** The key after which to begin; refuses one that is none of what is read. */
    void checkStart(Item start) {
        if (KeyRules.count(start) != cursorNames().size()) {
            throw badStart();
        }
        for (AttributeDefinition key : table.attributes()) {
            if (cursorNames().contains(key.name()) && start.find(key.name())
                    .filter(value -> value.type() == key.type().attributeType()).isEmpty()) {
                throw badStart();
            }
        }
    }

    static DynamoDbException badStart() {
        return DynamoDbException.validation("The provided starting key is invalid: The provided"
                + " key element does not match the schema");
    }
}

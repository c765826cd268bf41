package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.http.CreateTableInput.Pair;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.IndexNumbers;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How indexes must fit the table and its attribute definitions. One use each. */
final class IndexInputRules {
    private static final long FIRST_SCHEMA_VERSION = 1;

    private final List<AttributeDefinition> attributes;
    private final boolean onDemand;
    private final Set<String> names = new HashSet<>();
    private int position;
    private int projected;

    IndexInputRules(List<AttributeDefinition> attributes, boolean onDemand) {
        this.attributes = attributes;
        this.onDemand = onDemand;
    }

    List<SecondaryIndex> check(CreateTableInput input, KeySchema table) {
        List<SecondaryIndex> indexes = new ArrayList<>();
        checkCount(input.localIndexes, "Local", SecondaryIndex.MAX_LOCAL);
        checkCount(input.globalIndexes, "Global", SecondaryIndex.MAX_GLOBAL);
        for (IndexInput index : orEmpty(input.localIndexes)) {
            if (table.sort() == null) {
                throw DynamoDbException.invalidParameter("Table KeySchema does not have a range"
                        + " key, which is required when specifying a LocalSecondaryIndex");
            }
            indexes.add(index(index, SecondaryIndex.Scope.LOCAL));
            checkLocal(indexes.getLast(), table);
        }
        for (IndexInput index : orEmpty(input.globalIndexes)) {
            indexes.add(index(index, SecondaryIndex.Scope.GLOBAL));
        }
        if (projected > SecondaryIndex.MAX_PROJECTED) {
            throw DynamoDbException.invalidParameter("Number of projected NonKeyAttributes exceeds"
                    + " the per-table limit of " + SecondaryIndex.MAX_PROJECTED);
        }
        return indexes;
    }

    private static void checkCount(@Nullable List<IndexInput> indexes, String scope, int most) {
        if (indexes == null) {
            return;
        }
        if (indexes.isEmpty()) {
            throw DynamoDbException
                    .invalidParameter("List of " + scope + "SecondaryIndexes is empty");
        }
        if (indexes.size() > most) {
            throw DynamoDbException.invalidParameter(scope
                    + "SecondaryIndex count exceeds the per-table limit of " + most);
        }
    }

    private static void checkLocal(SecondaryIndex index, KeySchema table) {
        SecondaryIndex.Keys keys = index.keys();
        if (keys.sort().isEmpty()) {
            throw DynamoDbException.invalidParameter(
                    "Index KeySchema does not have a range key for index: " + index.name());
        }
        AttributeDefinition hash = keys.partition().getFirst();
        if (keys.partition().size() > 1 || keys.sort().size() > 1
                || !hash.equals(table.partition())) {
            throw DynamoDbException.invalidParameter("Index KeySchema does not have the same"
                    + " leading hash key as table KeySchema for index: " + index.name()
                    + ". index hash key: " + hash.name() + ", table hash key: "
                    + table.partition().name());
        }
    }

    /** An index that is ready from the start; who adds it to a table says otherwise. */
    SecondaryIndex index(IndexInput input, SecondaryIndex.Scope scope) {
        String name = Objects.requireNonNull(input.name);
        if (!names.add(name)) {
            throw DynamoDbException.invalidParameter("Duplicate index name: " + name);
        }
        SecondaryIndex.Keys keys = keys(Objects.requireNonNull(input.keys));
        return new SecondaryIndex(name, IndexNumbers.of(FIRST_SCHEMA_VERSION, position++), scope,
                keys, projection(input),
                new SecondaryIndex.State(SecondaryIndex.Status.ACTIVE, throughput(input, scope)));
    }

    private SecondaryIndex.Keys keys(List<Pair> schema) {
        List<AttributeDefinition> partition = new ArrayList<>();
        List<AttributeDefinition> sort = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Pair key : schema) {
            boolean hash = "HASH".equals(key.second());
            if (hash && !sort.isEmpty()) {
                throw badOrder(partition.isEmpty());
            }
            if (!seen.add(Objects.requireNonNull(key.first()))) {
                throw DynamoDbException.validation("Both the Hash Key and the Range Key element in"
                        + " the KeySchema have the same name");
            }
            (hash ? partition : sort).add(definition(key.first(), schema));
        }
        if (partition.isEmpty()) {
            throw badOrder(true);
        }
        if (partition.size() > SecondaryIndex.MAX_KEY_ATTRIBUTES
                || sort.size() > SecondaryIndex.MAX_KEY_ATTRIBUTES) {
            throw DynamoDbException.validation("Invalid KeySchema: a key has at most "
                    + SecondaryIndex.MAX_KEY_ATTRIBUTES + " attributes of each key type");
        }
        return new SecondaryIndex.Keys(partition, sort);
    }

    private static DynamoDbException badOrder(boolean first) {
        return DynamoDbException.validation(first
                ? "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
                : "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    private AttributeDefinition definition(@Nullable String name, List<Pair> schema) {
        return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst()
                .orElseThrow(() -> DynamoDbException.invalidParameter(
                        "Some index key attributes are not defined in AttributeDefinitions. Keys: "
                                + schema.stream().map(Pair::first).toList()
                                + ", AttributeDefinitions: "
                                + attributes.stream().map(AttributeDefinition::name).toList()));
    }

    private SecondaryIndex.Projection projection(IndexInput input) {
        if (input.projectionType == null) {
            throw DynamoDbException.invalidParameter("Unknown ProjectionType: null");
        }
        SecondaryIndex.ProjectionType type = SecondaryIndex.ProjectionType
                .valueOf(input.projectionType);
        boolean include = type == SecondaryIndex.ProjectionType.INCLUDE;
        if (include && input.nonKey == null) {
            throw DynamoDbException.invalidParameter(
                    "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        if (!include && input.nonKey != null) {
            throw DynamoDbException.invalidParameter(
                    "ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        List<String> nonKey = input.nonKey == null ? List.of() : input.nonKey;
        projected += nonKey.size();
        return new SecondaryIndex.Projection(type, nonKey);
    }

    private TableSettings.Throughput throughput(IndexInput input, SecondaryIndex.Scope scope) {
        CreateTableInput.Units units = input.throughput;
        if (scope == SecondaryIndex.Scope.LOCAL) {
            return TableSettings.Throughput.NONE;
        }
        if (onDemand && units != null) {
            throw DynamoDbException.invalidParameter("ProvisionedThroughput should not be specified"
                    + " for index: " + input.name + " when BillingMode is PAY_PER_REQUEST");
        }
        if (!onDemand && units == null) {
            throw DynamoDbException.invalidParameter(
                    "ProvisionedThroughput should be specified for index: " + input.name
                            + " when BillingMode is PROVISIONED");
        }
        return units == null
                ? TableSettings.Throughput.NONE
                : new TableSettings.Throughput(Objects.requireNonNull(units.read()),
                        Objects.requireNonNull(units.write()));
    }

    private static List<IndexInput> orEmpty(@Nullable List<IndexInput> indexes) {
        return indexes == null ? List.of() : indexes;
    }
}

package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.IndexNumbers;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.model.TableStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a table becomes by an UpdateTable, or why it cannot. Pure functions. */
final class UpdatePlan {
    private UpdatePlan() {}

    static TableDefinition apply(UpdateTableRequest request, TableDefinition table,
            long nowMillis) {
        TableDefinition changed = table.with(settings(request, table));
        List<AttributeDefinition> attributes = new ArrayList<>(table.attributes());
        for (AttributeDefinition given : request.attributes()) {
            attributes.removeIf(known -> known.name().equals(given.name()) && !isKey(table, known));
            if (attributes.stream().noneMatch(known -> known.name().equals(given.name()))) {
                attributes.add(given);
            }
        }
        List<SecondaryIndex> indexes = new ArrayList<>(table.indexes());
        for (UpdateTableRequest.IndexChange change : request.indexes()) {
            apply(change, table, indexes);
        }
        boolean rebuilt = request.indexes().stream()
                .anyMatch(change -> !(change instanceof UpdateTableRequest.Provision))
                || request.options().stream() != null;
        TableDefinition result = new TableDefinition(changed.name(), changed.identity(),
                changed.keys(), used(attributes, changed, indexes), changed.settings(),
                changed.extras().withIndexes(indexes).withStream(
                        stream(request.options().stream(), table, nowMillis)));
        return rebuilt ? result.nextVersion() : result;
    }

    private static @Nullable TableStream stream(
            UpdateTableRequest.@Nullable StreamChange change, TableDefinition table,
            long nowMillis) {
        TableStream now = table.extras().stream();
        if (change == null) {
            return now;
        }
        boolean enabled = now != null && now.isEnabled();
        StreamView view = change.view();
        if (view == null) {
            if (now == null || !enabled) {
                throw DynamoDbException.validation(
                        "Table has no stream to disable: TableName: " + table.name().name());
            }
            return now.disabled(nowMillis);
        }
        if (enabled) {
            throw DynamoDbException.validation(
                    "Table already has an enabled stream: TableName: " + table.name().name());
        }
        return TableStream.enabled(
                now == null ? nowMillis : Math.max(nowMillis, now.createdAtMillis() + 1), view);
    }

    private static boolean isKey(TableDefinition table, AttributeDefinition attribute) {
        return table.keys().names().contains(attribute.name());
    }

    private static List<AttributeDefinition> used(List<AttributeDefinition> attributes,
            TableDefinition table, List<SecondaryIndex> indexes) {
        return attributes.stream().filter(attribute -> isKey(table, attribute)
                || indexes.stream().anyMatch(index -> index.keys().all().contains(attribute)))
                .toList();
    }

    private static void apply(UpdateTableRequest.IndexChange change, TableDefinition table,
            List<SecondaryIndex> indexes) {
        Optional<SecondaryIndex> known = indexes.stream()
                .filter(index -> index.name().equals(change.name())).findFirst();
        switch (change) {
            case UpdateTableRequest.Create create -> {
                checkSettled(table);
                if (known.isPresent()) {
                    throw DynamoDbException
                            .validation("Attempting to create an index which already exists");
                }
                if (indexes.stream().filter(SecondaryIndex::isGlobal)
                        .count() >= SecondaryIndex.MAX_GLOBAL) {
                    throw DynamoDbException.invalidParameter("GlobalSecondaryIndex count exceeds"
                            + " the per-table limit of " + SecondaryIndex.MAX_GLOBAL);
                }
                indexes.add(numbered(create.index(), table.identity().schemaVersion() + 1));
            }
            case UpdateTableRequest.Provision provision -> replace(indexes, known,
                    index -> index.with(new SecondaryIndex.State(index.state().status(),
                            provision.throughput())));
            case UpdateTableRequest.Remove remove -> {
                checkSettled(table);
                replace(indexes, known, index -> index.with(new SecondaryIndex.State(
                        SecondaryIndex.Status.DELETING, index.state().throughput())));
            }
        }
    }

    private static void replace(List<SecondaryIndex> indexes, Optional<SecondaryIndex> known,
            UnaryOperator<SecondaryIndex> change) {
        SecondaryIndex index = known.filter(SecondaryIndex::isGlobal)
                .orElseThrow(DynamoDbException::notFound);
        indexes.set(indexes.indexOf(index), change.apply(index));
    }

    private static void checkSettled(TableDefinition table) {
        if (!table.indexes().stream().allMatch(SecondaryIndex::isActive)) {
            throw new DynamoDbException(DynamoDbError.LIMIT_EXCEEDED, "Subscriber limit exceeded:"
                    + " Only 1 online index can be created or deleted simultaneously per table");
        }
    }

    private static SecondaryIndex numbered(SecondaryIndex index, long schemaVersion) {
        return new SecondaryIndex(index.name(), IndexNumbers.of(schemaVersion, 0), index.scope(),
                index.keys(), index.projection(), new SecondaryIndex.State(
                        SecondaryIndex.Status.CREATING, index.state().throughput()));
    }

    private static TableSettings settings(UpdateTableRequest request, TableDefinition table) {
        TableSettings now = table.settings();
        TableSettings.Billing billing = request.billing() == null
                ? now.billing()
                : request.billing();
        boolean onDemand = billing == TableSettings.Billing.PAY_PER_REQUEST;
        TableSettings.Throughput throughput = request.throughput() == null
                ? now.throughput()
                : request.throughput();
        if (onDemand && request.throughput() != null) {
            throw DynamoDbException.invalidParameter("Neither ReadCapacityUnits nor"
                    + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }
        if (!onDemand && throughput.equals(TableSettings.Throughput.NONE)) {
            throw DynamoDbException.invalidParameter("ProvisionedThroughput must be specified when"
                    + " BillingMode is PROVISIONED");
        }
        Boolean protection = request.options().deletionProtection();
        return new TableSettings(billing, onDemand ? TableSettings.Throughput.NONE : throughput,
                request.options().tableClass() == null
                        ? now.tableClass()
                        : request.options().tableClass(),
                protection == null ? now.deletionProtection() : protection, now.tags());
    }
}

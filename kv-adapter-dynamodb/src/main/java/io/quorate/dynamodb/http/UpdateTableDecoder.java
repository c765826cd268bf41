package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.http.CreateTableInput.Pair;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.operation.UpdateTableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes UpdateTable. One use each. */
final class UpdateTableDecoder {
    private static final String PREFIX = "class com.amazonaws.dynamodb.v20120810.";

    private final RequestBody body;
    private final List<Change> changes = new ArrayList<>();
    private @Nullable String table;
    private @Nullable List<Pair> attributes;
    private @Nullable String billing;
    private CreateTableInput.@Nullable Units throughput;
    private @Nullable String tableClass;
    private @Nullable Boolean deletionProtection;
    private @Nullable StreamSpecification stream;
    private boolean switchedOff;
    private @Nullable String unsupported;

    private UpdateTableDecoder(RequestBody body) {
        this.body = body;
    }

    static UpdateTableRequest decode(RequestBody body) {
        UpdateTableDecoder decoder = new UpdateTableDecoder(body);
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                decoder.member(name, in);
            }
            in.end();
        }
        return decoder.request();
    }

    private void member(String name, JsonInput in) {
        switch (name) {
            case "TableName" -> table = in.string();
            case "AttributeDefinitions" ->
                attributes = CreateTableDecoder.pairs(in, "AttributeDefinition", "AttributeType");
            case "BillingMode" -> billing = in.string();
            case "ProvisionedThroughput" -> throughput = CreateTableDecoder.throughput(in);
            case "TableClass" -> tableClass = in.string();
            case "DeletionProtectionEnabled" -> deletionProtection = in.bool();
            case "GlobalSecondaryIndexUpdates" -> readChanges(in);
            case "StreamSpecification" -> stream = StreamSpecification.read(in);
            case "SSESpecification" -> switchedOff(name, "Enabled", in);
            default -> {
                if (in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private void switchedOff(String name, String flag, JsonInput in) {
        if (CreateTableDecoder.isSwitchedOff(name, flag, in)) {
            switchedOff = true;
        } else {
            unsupported = name;
        }
    }

    private void readChanges(JsonInput in) {
        if (!in.beginArray()) {
            return;
        }
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.beginElement(PREFIX + "GlobalSecondaryIndexUpdate")) {
                for (String kind = in.nextName(); kind != null; kind = in.nextName()) {
                    readChange(kind, in);
                }
            }
        }
    }

    private void readChange(String kind, JsonInput in) {
        boolean known = kind.equals("Create") || kind.equals("Update") || kind.equals("Delete");
        if (!known) {
            if (in.skip()) {
                throw DynamoDbException.unsupported("GlobalSecondaryIndexUpdates." + kind);
            }
            return;
        }
        String type = kind + "GlobalSecondaryIndexAction";
        if (in.beginObject(PREFIX + type)) {
            changes.add(new Change(kind, IndexInput.read(in, type)));
        }
    }

    private UpdateTableRequest request() {
        TableNameParameter.enforceNotEmpty(table);
        checkConstraints();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        boolean nothing = billing == null && throughput == null && changes.isEmpty()
                && tableClass == null && deletionProtection == null && stream == null
                && !switchedOff;
        if (nothing) {
            throw DynamoDbException.validation("At least one of ProvisionedThroughput, BillingMode,"
                    + " UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or"
                    + " ReplicaUpdates is required");
        }
        if (changes.stream().filter(Change::rebuilds).count() > 1) {
            throw new DynamoDbException(DynamoDbError.LIMIT_EXCEEDED, "Subscriber limit exceeded:"
                    + " Only 1 online index can be created or deleted simultaneously per table");
        }
        List<AttributeDefinition> definitions = definitions();
        boolean onDemand = "PAY_PER_REQUEST".equals(billing)
                || changes.stream().allMatch(change -> change.index().throughput == null);
        IndexInputRules rules = new IndexInputRules(definitions, onDemand);
        return new UpdateTableRequest(
                TableNameParameter.resolve(Objects.requireNonNull(table), body.account()),
                definitions, billing == null ? null : TableSettings.Billing.valueOf(billing),
                units(throughput),
                new UpdateTableRequest.Options(
                        tableClass == null ? null : TableSettings.TableClass.valueOf(tableClass),
                        deletionProtection, streamChange()),
                changes.stream().map(change -> change.toRequest(rules)).toList());
    }

    private UpdateTableRequest.@Nullable StreamChange streamChange() {
        return stream == null ? null : new UpdateTableRequest.StreamChange(stream.toView());
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        TableNameParameter.check(constraints, table);
        constraints.oneOf("billingMode", billing, TableSettings.Billing.class);
        CreateTableRules.checkThroughput(constraints, "provisionedThroughput.", throughput);
        if (stream != null) {
            stream.checkConstraints(constraints);
        }
        constraints.oneOf("tableClass", tableClass, TableSettings.TableClass.class);
        int position = 0;
        for (Pair attribute : attributes == null ? List.<Pair>of() : attributes) {
            String path = "attributeDefinitions." + ++position + ".member.";
            constraints.notNull(path + "attributeName", attribute.first());
            constraints.notNull(path + "attributeType", attribute.second());
            constraints.oneOf(path + "attributeType", attribute.second(), "B", "N", "S");
        }
        position = 0;
        for (Change change : changes) {
            change.checkConstraints(constraints,
                    "globalSecondaryIndexUpdates." + ++position + ".member.");
        }
        constraints.enforce();
    }

    private List<AttributeDefinition> definitions() {
        return (attributes == null ? List.<Pair>of() : attributes).stream()
                .map(attribute -> new AttributeDefinition(
                        Objects.requireNonNull(attribute.first()),
                        ScalarType.valueOf(Objects.requireNonNull(attribute.second()))))
                .toList();
    }

    private static TableSettings.@Nullable Throughput units(
            CreateTableInput.@Nullable Units given) {
        return given == null
                ? null
                : new TableSettings.Throughput(Objects.requireNonNull(given.read()),
                        Objects.requireNonNull(given.write()));
    }

    /** A change of one index, by the member's name. */
    private record Change(String kind, IndexInput index) {
        boolean rebuilds() {
            return !kind.equals("Update");
        }

        void checkConstraints(Constraints constraints, String path) {
            if (kind.equals("Create")) {
                index.checkConstraints(constraints, path + "create.");
            } else {
                IndexInput.checkName(constraints,
                        path + (kind.equals("Update") ? "update." : "delete."), index.name);
                CreateTableRules.checkThroughput(constraints,
                        path + "update.provisionedThroughput.", index.throughput);
            }
        }

        UpdateTableRequest.IndexChange toRequest(IndexInputRules rules) {
            String name = Objects.requireNonNull(index.name);
            return switch (kind) {
                case "Create" -> new UpdateTableRequest.Create(
                        rules.index(index, SecondaryIndex.Scope.GLOBAL));
                case "Delete" -> new UpdateTableRequest.Remove(name);
                default -> {
                    TableSettings.Throughput given = units(index.throughput);
                    if (given == null) {
                        throw DynamoDbException.unsupported(
                                "UpdateGlobalSecondaryIndexAction without ProvisionedThroughput");
                    }
                    yield new UpdateTableRequest.Provision(name, given);
                }
            };
        }
    }
}

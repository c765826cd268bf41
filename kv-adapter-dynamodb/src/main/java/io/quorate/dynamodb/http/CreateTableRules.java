package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.http.CreateTableInput.Pair;
import io.quorate.dynamodb.http.CreateTableInput.Units;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.dynamodb.operation.CreateTableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What CreateTable demands of its parameters, in DynamoDB's order: the table's name alone, the
 * constraints of the service model together, then each rule by itself. One use each.
 */
final class CreateTableRules {
    private static final long MAX_UNITS = 1_000_000_000_000L;
    private static final Constraints.Bounds KEY_COUNT = new Constraints.Bounds(1, 2);
    private static final Constraints.Bounds NAME_LENGTH = new Constraints.Bounds(1,
            KeySchema.MAX_NAME_LENGTH);
    private static final String FIRST_REVISION = "1";

    private final CreateTableInput input;
    private final String account;

    CreateTableRules(CreateTableInput input, String account) {
        this.input = input;
        this.account = account;
    }

    CreateTableRequest request() {
        String table = checkTableName();
        checkConstraints();
        checkSupported();
        TableSettings settings = settings();
        List<AttributeDefinition> attributes = attributes();
        boolean indexed = input.localIndexes != null || input.globalIndexes != null;
        KeySchema keys = new KeySchemaRules(present(input.keys), attributes).check(indexed);
        List<SecondaryIndex> indexes = new IndexInputRules(attributes,
                settings.billing() == TableSettings.Billing.PAY_PER_REQUEST).check(input, keys);
        checkUsed(attributes, keys, indexes);
        return new CreateTableRequest(table, keys, attributes, settings,
                TableExtras.NONE.withIndexes(indexes).withPolicy(policy()).withStream(stream()));
    }

    /** Its time is set when the table is created. */
    private @Nullable TableStream stream() {
        StreamView view = input.stream == null ? null : input.stream.toView();
        return view == null ? null : TableStream.enabled(0, view);
    }

    private TableExtras.@Nullable Policy policy() {
        return input.policy == null ? null : new TableExtras.Policy(input.policy, FIRST_REVISION);
    }

    private static void checkUsed(List<AttributeDefinition> attributes, KeySchema keys,
            List<SecondaryIndex> indexes) {
        List<String> used = new ArrayList<>(keys.names());
        for (SecondaryIndex index : indexes) {
            index.keys().all().stream().map(AttributeDefinition::name)
                    .filter(name -> !used.contains(name)).forEach(used::add);
        }
        if (used.size() != attributes.size()) {
            throw DynamoDbException.invalidParameter(
                    "Some AttributeDefinitions are not used. AttributeDefinitions: "
                            + attributes.stream().map(AttributeDefinition::name).toList()
                            + ", keys used: " + used);
        }
    }

    private String checkTableName() {
        if (input.table == null) {
            throw DynamoDbException.validation(
                    "The parameter 'TableName' is required but was not present in the request");
        }
        TableNameParameter.enforceNotEmpty(input.table);
        Constraints constraints = new Constraints();
        TableNameParameter.check(constraints, input.table);
        constraints.enforce();
        return TableNameParameter.resolve(input.table, account);
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        checkAttributes(constraints);
        constraints.oneOf("billingMode", input.billing, TableSettings.Billing.class);
        checkThroughput(constraints, "provisionedThroughput.", input.throughput);
        checkKeys(constraints);
        checkIndexes(constraints, "localSecondaryIndexes.", input.localIndexes);
        checkIndexes(constraints, "globalSecondaryIndexes.", input.globalIndexes);
        if (input.stream != null) {
            input.stream.checkConstraints(constraints);
        }
        constraints.oneOf("tableClass", input.tableClass, TableSettings.TableClass.class);
        TagRules.check(constraints, orEmpty(input.tags));
        constraints.enforce();
    }

    private void checkAttributes(Constraints constraints) {
        constraints.notNull("attributeDefinitions", input.attributes);
        int position = 0;
        for (Pair attribute : orEmpty(input.attributes)) {
            String path = "attributeDefinitions." + ++position + ".member.";
            checkName(constraints, path + "attributeName", attribute.first());
            constraints.notNull(path + "attributeType", attribute.second());
            constraints.oneOf(path + "attributeType", attribute.second(), "B", "N", "S");
        }
    }

    private static void checkName(Constraints constraints, String path, @Nullable String name) {
        constraints.notNull(path, name);
        constraints.length(path, name, name == null ? 0 : name.length(), NAME_LENGTH);
    }

    private static void checkIndexes(Constraints constraints, String path,
            @Nullable List<IndexInput> indexes) {
        int position = 0;
        for (IndexInput index : orEmpty(indexes)) {
            index.checkConstraints(constraints, path + ++position + ".member.");
        }
    }

    static void checkThroughput(Constraints constraints, String path, @Nullable Units units) {
        if (units != null) {
            constraints.notNull(path + "writeCapacityUnits", units.write());
            constraints.atLeast(path + "writeCapacityUnits", units.write(), 1);
            constraints.notNull(path + "readCapacityUnits", units.read());
            constraints.atLeast(path + "readCapacityUnits", units.read(), 1);
        }
    }

    private void checkKeys(Constraints constraints) {
        constraints.notNull("keySchema", input.keys);
        List<Pair> keys = orEmpty(input.keys);
        if (input.keys != null) {
            constraints.length("keySchema",
                    keys.stream().limit(10).map(Pair::asKeySchemaElement).toList(), keys.size(),
                    KEY_COUNT);
        }
        int position = 0;
        for (Pair key : keys) {
            String path = "keySchema." + ++position + ".member.";
            checkName(constraints, path + "attributeName", key.first());
            constraints.notNull(path + "keyType", key.second());
            constraints.oneOf(path + "keyType", key.second(), "HASH", "RANGE");
        }
    }

    private void checkSupported() {
        if (!input.unsupported.isEmpty()) {
            throw DynamoDbException.unsupported(input.unsupported.getFirst());
        }
    }

    private TableSettings settings() {
        boolean onDemand = "PAY_PER_REQUEST".equals(input.billing);
        TableSettings.Throughput throughput = onDemand ? noThroughput() : throughput();
        return new TableSettings(
                onDemand
                        ? TableSettings.Billing.PAY_PER_REQUEST
                        : TableSettings.Billing.PROVISIONED,
                throughput,
                input.tableClass == null
                        ? null
                        : TableSettings.TableClass.valueOf(input.tableClass),
                Boolean.TRUE.equals(input.deletionProtection),
                TagRules.tags(orEmpty(input.tags)));
    }

    private TableSettings.Throughput noThroughput() {
        if (input.throughput != null) {
            throw DynamoDbException.invalidParameter("Neither ReadCapacityUnits nor"
                    + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }
        return TableSettings.Throughput.NONE;
    }

    private TableSettings.Throughput throughput() {
        if (input.throughput == null) {
            throw DynamoDbException.invalidParameter("ReadCapacityUnits and WriteCapacityUnits must"
                    + " both be specified when BillingMode is PROVISIONED");
        }
        long read = present(input.throughput.read());
        long write = present(input.throughput.write());
        checkUnits("ReadCapacityUnits", read);
        checkUnits("WriteCapacityUnits", write);
        return new TableSettings.Throughput(read, write);
    }

    static void checkUnits(String name, long units) {
        if (units > MAX_UNITS) {
            throw DynamoDbException.validation(
                    "Given value " + units + " for " + name + " is out of bounds");
        }
    }

    private List<AttributeDefinition> attributes() {
        return present(input.attributes).stream()
                .map(attribute -> new AttributeDefinition(present(attribute.first()),
                        ScalarType.valueOf(present(attribute.second()))))
                .toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** A value that the constraints have found to be there. */
    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value, "constraints let a null pass");
    }
}

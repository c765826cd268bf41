package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.operation.CreateTableRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads CreateTable's JSON; {@link CreateTableRules} judges what it says. One use each.
 */
final class CreateTableDecoder {
    private static final String PREFIX = "class com.amazonaws.dynamodb.v20120810.";

    private final CreateTableInput input = new CreateTableInput();

    static CreateTableRequest decode(byte[] body, String account) {
        CreateTableDecoder decoder = new CreateTableDecoder();
        try (JsonInput in = JsonInput.of(body)) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                decoder.member(name, in);
            }
            in.end();
        }
        return new CreateTableRules(decoder.input, account).request();
    }

    private void member(String name, JsonInput in) {
        switch (name) {
            case "TableName" -> input.table = in.string();
            case "AttributeDefinitions" ->
                input.attributes = pairs(in, "AttributeDefinition", "AttributeType");
            case "KeySchema" -> input.keys = pairs(in, "KeySchemaElement", "KeyType");
            case "BillingMode" -> input.billing = in.string();
            case "ProvisionedThroughput" -> input.throughput = throughput(in);
            case "DeletionProtectionEnabled" -> input.deletionProtection = in.bool();
            case "TableClass" -> input.tableClass = in.string();
            case "Tags" -> input.tags = tags(in);
            case "LocalSecondaryIndexes" ->
                input.localIndexes = IndexInput.list(in, "LocalSecondaryIndex");
            case "GlobalSecondaryIndexes" ->
                input.globalIndexes = IndexInput.list(in, "GlobalSecondaryIndex");
            case "ResourcePolicy" -> input.policy = in.string();
            case "StreamSpecification" -> input.stream = StreamSpecification.read(in);
            case "SSESpecification" -> switchedOff(name, "Enabled", in);
            default -> {
                if (in.skip()) {
                    input.unsupported.add(name);
                }
            }
        }
    }

    /** A list of structures of AttributeName and one more text. */
    static @Nullable List<CreateTableInput.Pair> pairs(JsonInput in, String type,
            String second) {
        if (!in.beginArray()) {
            return null;
        }
        List<CreateTableInput.Pair> pairs = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            pairs.add(pair(in, type, "AttributeName", second));
        }
        return pairs;
    }

    static @Nullable List<CreateTableInput.Pair> tags(JsonInput in) {
        if (!in.beginArray()) {
            return null;
        }
        List<CreateTableInput.Pair> tags = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            tags.add(pair(in, "Tag", "Key", "Value"));
        }
        return tags;
    }

    private static CreateTableInput.Pair pair(JsonInput in, String type, String first,
            String second) {
        String left = null;
        String right = null;
        if (in.beginElement(PREFIX + type)) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals(first)) {
                    left = in.string();
                } else if (name.equals(second)) {
                    right = in.string();
                } else if (in.skip()) {
                    throw DynamoDbException.unsupported(type + "." + name);
                }
            }
        }
        return new CreateTableInput.Pair(left, right);
    }

    static CreateTableInput.@Nullable Units throughput(JsonInput in) {
        if (!in.beginObject(PREFIX + "ProvisionedThroughput")) {
            return null;
        }
        Long read = null;
        Long write = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "ReadCapacityUnits" -> read = in.wholeNumber();
                case "WriteCapacityUnits" -> write = in.wholeNumber();
                default -> {
                    if (in.skip()) {
                        throw DynamoDbException.unsupported("ProvisionedThroughput." + name);
                    }
                }
            }
        }
        return new CreateTableInput.Units(read, write);
    }

    /** A feature that may only be said to be off: that is how it is. */
    private void switchedOff(String parameter, String flag, JsonInput in) {
        if (!isSwitchedOff(parameter, flag, in)) {
            input.unsupported.add(parameter);
        }
    }

    /** Reads a member that describes a feature, and says whether it is absent or off. */
    static boolean isSwitchedOff(String parameter, String flag, JsonInput in) {
        if (!in.beginObject(PREFIX + parameter)) {
            return true;
        }
        boolean off = false;
        boolean more = false;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals(flag)) {
                off = Boolean.FALSE.equals(in.bool());
            } else {
                more |= in.skip();
            }
        }
        return off && !more;
    }
}

package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** A description of an index as it came, null where it did not. */
final class IndexInput {
    private static final String PREFIX = "class com.amazonaws.dynamodb.v20120810.";
    private static final Constraints.Bounds NAME = new Constraints.Bounds(3, 255);
    private static final Constraints.Bounds KEYS = new Constraints.Bounds(1,
            2 * SecondaryIndex.MAX_KEY_ATTRIBUTES);
    private static final Constraints.Bounds NON_KEYS = new Constraints.Bounds(1, 20);

    @Nullable
    String name;
    @Nullable
    List<CreateTableInput.Pair> keys;
    boolean projected;
    @Nullable
    String projectionType;
    @Nullable
    List<String> nonKey;
    CreateTableInput.@Nullable Units throughput;

    /** Reads a member that is an array of indexes; null if it is null. */
    static @Nullable List<IndexInput> list(JsonInput in, String type) {
        if (!in.beginArray()) {
            return null;
        }
        List<IndexInput> indexes = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.beginElement(PREFIX + type)) {
                indexes.add(read(in, type));
            }
        }
        return indexes;
    }

    /** Reads the object just moved into. */
    static IndexInput read(JsonInput in, String type) {
        IndexInput index = new IndexInput();
        for (String member = in.nextName(); member != null; member = in.nextName()) {
            switch (member) {
                case "IndexName" -> index.name = in.string();
                case "KeySchema" ->
                    index.keys = CreateTableDecoder.pairs(in, "KeySchemaElement", "KeyType");
                case "Projection" -> index.readProjection(in);
                case "ProvisionedThroughput" ->
                    index.throughput = CreateTableDecoder.throughput(in);
                default -> {
                    if (in.skip()) {
                        throw DynamoDbException.unsupported(type + "." + member);
                    }
                }
            }
        }
        return index;
    }

    private void readProjection(JsonInput in) {
        if (!in.beginObject(PREFIX + "Projection")) {
            return;
        }
        projected = true;
        for (String member = in.nextName(); member != null; member = in.nextName()) {
            switch (member) {
                case "ProjectionType" -> projectionType = in.string();
                case "NonKeyAttributes" -> nonKey = texts(in);
                default -> {
                    if (in.skip()) {
                        throw DynamoDbException.unsupported("Projection." + member);
                    }
                }
            }
        }
    }

    private static @Nullable List<String> texts(JsonInput in) {
        if (!in.beginArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.moveToText()) {
                texts.add(new String(in.chars(), in.charsOffset(), in.charsLength()));
            }
        }
        return texts;
    }

    void checkConstraints(Constraints constraints, String path) {
        checkName(constraints, path, name);
        constraints.notNull(path + "keySchema", keys);
        if (keys != null) {
            constraints.length(path + "keySchema",
                    keys.stream().limit(10).map(CreateTableInput.Pair::asKeySchemaElement).toList(),
                    keys.size(), KEYS);
            int position = 0;
            for (CreateTableInput.Pair key : keys) {
                String element = path + "keySchema." + ++position + ".member.";
                constraints.notNull(element + "attributeName", key.first());
                constraints.notNull(element + "keyType", key.second());
                constraints.oneOf(element + "keyType", key.second(), "HASH", "RANGE");
            }
        }
        constraints.notNull(path + "projection", projected ? this : null);
        constraints.oneOf(path + "projection.projectionType", projectionType, "ALL", "INCLUDE",
                "KEYS_ONLY");
        if (nonKey != null) {
            constraints.length(path + "projection.nonKeyAttributes", nonKey, nonKey.size(),
                    NON_KEYS);
        }
        CreateTableRules.checkThroughput(constraints, path + "provisionedThroughput.", throughput);
    }

    static void checkName(Constraints constraints, String path, @Nullable String name) {
        constraints.notNull(path + "indexName", name);
        if (name != null) {
            constraints.check(TableName.isWellFormed(name),
                    path + "indexName", name,
                    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
            constraints.length(path + "indexName", name, name.length(), NAME);
        }
    }
}

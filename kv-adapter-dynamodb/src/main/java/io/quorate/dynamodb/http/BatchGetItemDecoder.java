package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.BatchGetItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes BatchGetItem. One use each. */
final class BatchGetItemDecoder {
    private static final String TYPE = "class com.amazonaws.dynamodb.v20120810.KeysAndAttributes";
    private static final Constraints.Bounds TABLES = new Constraints.Bounds(1, 100);
    private static final Constraints.Bounds KEYS = new Constraints.Bounds(1, 100);

    private final RequestBody body;
    private @Nullable Map<String, Table> tables;
    private @Nullable String capacity;
    private @Nullable String unsupported;

    private BatchGetItemDecoder(RequestBody body) {
        this.body = body;
    }

    static BatchGetItemRequest decode(RequestBody body) {
        BatchGetItemDecoder decoder = new BatchGetItemDecoder(body);
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
            case "RequestItems" -> readTables(in);
            case "ReturnConsumedCapacity" -> capacity = in.string();
            default -> skip(name, in);
        }
    }

    private void skip(String name, JsonInput in) {
        if (in.skip() && unsupported == null) {
            unsupported = name;
        }
    }

    private void readTables(JsonInput in) {
        if (!in.beginObject("java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.KeysAndAttributes>")) {
            return;
        }
        tables = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.beginObject(TYPE)) {
                tables.put(name, readTable(in));
            }
        }
    }

    private Table readTable(JsonInput in) {
        Table table = new Table();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "Keys" -> table.keys = keys(in);
                case "ConsistentRead" -> table.consistent = in.bool();
                case "AttributesToGet" -> table.attributesToGet.read(in);
                default -> {
                    if (!table.expressions.read(name, in, body.length())) {
                        skip(name, in);
                    }
                }
            }
        }
        return table;
    }

    private @Nullable List<ItemInput> keys(JsonInput in) {
        if (!in.beginArray()) {
            return null;
        }
        List<ItemInput> keys = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            ItemInput key = ItemInput.readElement(in, body.length());
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private BatchGetItemRequest request() {
        checkConstraints();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        List<BatchGetItemRequest.Gets> gets = new ArrayList<>();
        int count = 0;
        if (tables != null) {
            for (Map.Entry<String, Table> table : tables.entrySet()) {
                gets.add(table.getValue().gets(table.getKey(), body));
                count += gets.getLast().keys().size();
            }
        }
        if (count > BatchGetItemRequest.MAX_KEYS) {
            throw DynamoDbException
                    .validation("Too many items requested for the BatchGetItem call");
        }
        return new BatchGetItemRequest(gets, Parameters.capacity(capacity));
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        constraints.notNull("requestItems", tables);
        if (tables != null) {
            constraints.length("requestItems", tables.keySet(), tables.size(), TABLES);
            tables.forEach((name, table) -> {
                TableNameParameter.check(constraints, name);
                String path = "requestItems." + name + ".member.keys";
                constraints.notNull(path, table.keys);
                if (table.keys != null) {
                    constraints.length(path, "[" + table.keys.size() + " keys]",
                            table.keys.size(), KEYS);
                }
            });
        }
        constraints.enforce();
    }

    /** What is asked of one table. */
    private static final class Table {
        private final ExpressionInput expressions = new ExpressionInput(ExpressionKind.PROJECTION);
        private final AttributesToGet attributesToGet = new AttributesToGet();
        private @Nullable List<ItemInput> keys;
        private @Nullable Boolean consistent;

        BatchGetItemRequest.Gets gets(String name, RequestBody body) {
            expressions.check(attributesToGet.present());
            List<Item> items = new ArrayList<>();
            if (keys != null) {
                for (ItemInput key : keys) {
                    if (key.problem() != null) {
                        throw DynamoDbException.validation(key.problem());
                    }
                    if (items.contains(key.item())) {
                        throw DynamoDbException
                                .validation("Provided list of item keys contains duplicates");
                    }
                    items.add(key.item());
                }
            }
            Projection projection = attributesToGet.isPresent()
                    ? attributesToGet.projection()
                    : ItemExpressionRules.projection(expressions, body.expressions());
            String text = expressions.text(ExpressionKind.PROJECTION);
            return new BatchGetItemRequest.Gets(
                    new BatchGetItemRequest.TableReference(name,
                            TableNameParameter.resolve(name, body.account())),
                    items,
                    new BatchGetItemRequest.Selection(projection,
                            new BatchGetItemRequest.AsGiven(text == null ? "" : text,
                                    expressions.names(), attributesToGet.names()),
                            Boolean.TRUE.equals(consistent)));
        }
    }
}

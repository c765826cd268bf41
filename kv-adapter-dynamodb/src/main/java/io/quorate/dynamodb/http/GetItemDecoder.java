package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.operation.GetItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import org.jspecify.annotations.Nullable;

/** Decodes GetItem. One use each. */
final class GetItemDecoder {
    private final RequestBody body;
    private final ExpressionInput expressions = new ExpressionInput(ExpressionKind.PROJECTION);
    private final AttributesToGet attributesToGet = new AttributesToGet();
    private @Nullable String table;
    private @Nullable ItemInput key;
    private @Nullable Boolean consistent;
    private @Nullable String capacity;
    private @Nullable String unsupported;

    private GetItemDecoder(RequestBody body) {
        this.body = body;
    }

    static GetItemRequest decode(RequestBody body) {
        GetItemDecoder decoder = new GetItemDecoder(body);
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
            case "Key" -> key = ItemInput.read(in, body.length());
            case "ConsistentRead" -> consistent = in.bool();
            case "ReturnConsumedCapacity" -> capacity = in.string();
            case "AttributesToGet" -> attributesToGet.read(in);
            default -> {
                if (!expressions.read(name, in, body.length()) && in.skip()
                        && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private GetItemRequest request() {
        TableNameParameter.enforceNotEmpty(table);
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        TableNameParameter.check(constraints, table);
        constraints.notNull("key", key);
        attributesToGet.checkConstraints(constraints, "attributesToGet");
        constraints.enforce();
        if (table == null || key == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        expressions.check(attributesToGet.present());
        if (key.problem() != null) {
            throw DynamoDbException.validation(key.problem());
        }
        Projection projection = attributesToGet.isPresent()
                ? attributesToGet.projection()
                : ItemExpressionRules.projection(expressions, body.expressions());
        return new GetItemRequest(TableNameParameter.resolve(table, body.account()), key.item(),
                projection, Boolean.TRUE.equals(consistent), Parameters.capacity(capacity));
    }
}

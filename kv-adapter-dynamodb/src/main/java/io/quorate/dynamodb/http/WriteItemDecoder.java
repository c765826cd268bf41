package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.DeleteItemRequest;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.PutItemRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import io.quorate.dynamodb.operation.UpdateItemRequest;
import io.quorate.dynamodb.operation.WriteOptions;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes PutItem, UpdateItem and DeleteItem. One use each. */
final class WriteItemDecoder {
    private static final String ENVELOPE = "1 validation error detected: ";

    private final RequestBody body;
    private final ItemWrite.Action action;
    private final String itemMember;
    private final ExpressionInput expressions;
    private final LegacyWrite legacy = new LegacyWrite();
    private @Nullable String table;
    private @Nullable ItemInput item;
    private @Nullable String returnValues;
    private @Nullable String capacity;
    private @Nullable String metrics;
    private @Nullable String onCheckFailure;
    private @Nullable String unsupported;

    private WriteItemDecoder(RequestBody body, ItemWrite.Action action) {
        this.body = body;
        this.action = action;
        this.itemMember = action == ItemWrite.Action.PUT ? "Item" : "Key";
        this.expressions = action == ItemWrite.Action.UPDATE
                ? new ExpressionInput(ExpressionKind.UPDATE, ExpressionKind.CONDITION)
                : new ExpressionInput(ExpressionKind.CONDITION);
    }

    static DynamoDbRequest decode(RequestBody body, ItemWrite.Action action) {
        WriteItemDecoder decoder = new WriteItemDecoder(body, action);
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
            case "ReturnValues" -> returnValues = in.string();
            case "ReturnConsumedCapacity" -> capacity = in.string();
            case "ReturnItemCollectionMetrics" -> metrics = in.string();
            case "ReturnValuesOnConditionCheckFailure" -> onCheckFailure = in.string();
            default -> {
                if (name.equals(itemMember)) {
                    item = ItemInput.read(in, body.length());
                } else if (!expressions.read(name, in, body.length())
                        && !legacy.read(name, in, action) && in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private DynamoDbRequest request() {
        TableNameParameter.enforceNotEmpty(table);
        checkConstraints();
        if (table == null || item == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        legacy.check();
        expressions.check(legacy.present());
        checkItem(item);
        legacy.checkValues();
        ItemExpressionRules.Checked checked = legacy.present().isEmpty()
                ? ItemExpressionRules.check(expressions, body.expressions())
                : legacy.checked(body.expressions());
        return request(TableNameParameter.resolve(table, body.account()), item.item(), checked);
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        TableNameParameter.check(constraints, table);
        constraints.notNull(itemMember.equals("Item") ? "item" : "key", item);
        constraints.oneOf("returnValues", returnValues, "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE",
                "UPDATED_NEW");
        constraints.oneOf("returnItemCollectionMetrics", metrics, "SIZE", "NONE");
        constraints.oneOf("returnValuesOnConditionCheckFailure", onCheckFailure, "ALL_OLD", "NONE");
        legacy.checkConstraints(constraints);
        constraints.enforce();
    }

    private void checkItem(ItemInput given) {
        if (given.problem() != null) {
            throw DynamoDbException.validation(
                    action == ItemWrite.Action.PUT ? ENVELOPE + given.problem() : given.problem());
        }
        boolean known = returnValues == null || returnValues.equals("NONE")
                || returnValues.equals("ALL_OLD") || action == ItemWrite.Action.UPDATE;
        if (!known) {
            throw DynamoDbException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        if (action == ItemWrite.Action.PUT && given.item().sizeBytes() > Item.MAX_SIZE_BYTES) {
            throw DynamoDbException
                    .validation("Item size has exceeded the maximum allowed size");
        }
    }

    private DynamoDbRequest request(String name, Item given, ItemExpressionRules.Checked checked) {
        WriteOptions options = new WriteOptions(
                returnValues == null
                        ? ItemWrite.Values.NONE
                        : ItemWrite.Values.valueOf(returnValues),
                "ALL_OLD".equals(onCheckFailure), Parameters.capacity(capacity),
                "SIZE".equals(metrics));
        return switch (action) {
            case PUT -> new PutItemRequest(name, given, checked.expressions(), options);
            case DELETE -> new DeleteItemRequest(name, given, checked.expressions(), options);
            case UPDATE -> new UpdateItemRequest(name, given, checked.expressions(),
                    List.copyOf(checked.changed()), options);
            case CHECK, REINDEX, EXPIRE ->
                throw new IllegalStateException("no action checks a single condition");
        };
    }
}

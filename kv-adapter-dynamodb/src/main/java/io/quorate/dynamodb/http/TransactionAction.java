package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.operation.TransactGetItemsRequest;
import io.quorate.dynamodb.operation.TransactWriteItemsRequest;
import io.quorate.dynamodb.repository.ItemWrite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One action of a transaction as it came. */
final class TransactionAction {
    private final Type type;
    private final ExpressionInput expressions;
    private @Nullable String table;
    private @Nullable ItemInput item;
    private @Nullable String onCheckFailure;
    private @Nullable String unsupported;

    private TransactionAction(Type type) {
        this.type = type;
        this.expressions = switch (type) {
            case GET -> new ExpressionInput(ExpressionKind.PROJECTION);
            case UPDATE -> new ExpressionInput(ExpressionKind.UPDATE, ExpressionKind.CONDITION);
            case PUT, DELETE, CHECK -> new ExpressionInput(ExpressionKind.CONDITION);
        };
    }

    /** What actions there are. */
    enum Type {
        GET("Get", null), PUT("Put", ItemWrite.Action.PUT), UPDATE("Update",
                ItemWrite.Action.UPDATE), DELETE("Delete", ItemWrite.Action.DELETE), CHECK(
                        "ConditionCheck", ItemWrite.Action.CHECK);

        private final String member;
        private final ItemWrite.@Nullable Action action;

        Type(String member, ItemWrite.@Nullable Action action) {
            this.member = member;
            this.action = action;
        }

        static Optional<Type> named(String member) {
            return Arrays.stream(values()).filter(type -> type.member.equals(member)).findAny();
        }

        boolean isWrite() {
            return action != null;
        }

        private String itemMember() {
            return this == PUT ? "Item" : "Key";
        }

        /** The member that begins with a small letter, as constraints name it. */
        private String path() {
            return Character.toLowerCase(member.charAt(0)) + member.substring(1);
        }
    }

    /** Reads the object just moved into. */
    static TransactionAction read(Type type, JsonInput in, int bodyLength) {
        TransactionAction action = new TransactionAction(type);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            action.member(name, in, bodyLength);
        }
        return action;
    }

    private void member(String name, JsonInput in, int bodyLength) {
        if (name.equals("TableName")) {
            table = in.string();
        } else if (name.equals(type.itemMember())) {
            item = ItemInput.read(in, Math.min(bodyLength, 1024));
        } else if (type.isWrite() && name.equals("ReturnValuesOnConditionCheckFailure")) {
            onCheckFailure = in.string();
        } else if (!expressions.read(name, in, bodyLength) && in.skip() && unsupported == null) {
            unsupported = name;
        }
    }

    void checkConstraints(Constraints constraints, String prefix) {
        String path = prefix + type.path() + ".";
        TableNameParameter.check(constraints, path + "tableName", table);
        constraints.notNull(path + (type == Type.PUT ? "item" : "key"), item);
        constraints.oneOf(path + "returnValuesOnConditionCheckFailure", onCheckFailure, "ALL_OLD",
                "NONE");
        if (type == Type.CHECK) {
            constraints.notNull(path + "conditionExpression",
                    expressions.text(ExpressionKind.CONDITION));
        }
        if (type == Type.UPDATE) {
            constraints.notNull(path + "updateExpression",
                    expressions.text(ExpressionKind.UPDATE));
        }
    }

    private Item item() {
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        if (item == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        if (item.problem() != null) {
            throw DynamoDbException.validation(item.problem());
        }
        if (type == Type.PUT && item.item().sizeBytes() > Item.MAX_SIZE_BYTES) {
            throw DynamoDbException.validation("Item size has exceeded the maximum allowed size");
        }
        return item.item();
    }

    private String table(RequestBody body) {
        if (table == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        return TableNameParameter.resolve(table, body.account());
    }

    TransactGetItemsRequest.Get toGet(RequestBody body) {
        Item key = item();
        expressions.check(List.of());
        return new TransactGetItemsRequest.Get(table(body), key,
                ItemExpressionRules.projection(expressions, body.expressions()));
    }

    TransactWriteItemsRequest.Action toWrite(RequestBody body) {
        Item given = item();
        expressions.check(List.of());
        ItemExpressionRules.Checked checked = ItemExpressionRules.check(expressions,
                body.expressions());
        ItemWrite.Action action = type.action;
        if (action == null) {
            throw new IllegalStateException("no write: " + type);
        }
        return new TransactWriteItemsRequest.Action(action, table(body), given,
                checked.expressions(), new TransactWriteItemsRequest.Options(checked.changed(),
                        "ALL_OLD".equals(onCheckFailure)));
    }
}

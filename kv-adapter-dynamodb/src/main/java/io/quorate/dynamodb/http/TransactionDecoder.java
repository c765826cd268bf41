package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import io.quorate.dynamodb.operation.TransactGetItemsRequest;
import io.quorate.dynamodb.operation.TransactWriteItemsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes TransactGetItems and TransactWriteItems. One use each. */
final class TransactionDecoder {
    private static final String PREFIX = "class com.amazonaws.dynamodb.v20120810.";
    private static final Constraints.Bounds ACTIONS = new Constraints.Bounds(1,
            TransactWriteItemsRequest.MAX_ACTIONS);
    private static final Constraints.Bounds TOKEN = new Constraints.Bounds(1, 36);

    private final RequestBody body;
    private final boolean write;
    private @Nullable List<List<TransactionAction>> actions;
    private @Nullable String capacity;
    private @Nullable String metrics;
    private @Nullable String token;
    private @Nullable String unsupported;

    private TransactionDecoder(RequestBody body, boolean write) {
        this.body = body;
        this.write = write;
    }

    static DynamoDbRequest get(RequestBody body) {
        return new TransactionDecoder(body, false).decode();
    }

    static DynamoDbRequest write(RequestBody body) {
        return new TransactionDecoder(body, true).decode();
    }

    private DynamoDbRequest decode() {
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                member(name, in);
            }
            in.end();
        }
        return request();
    }

    private void member(String name, JsonInput in) {
        if (name.equals("TransactItems")) {
            readActions(in);
        } else if (name.equals("ReturnConsumedCapacity")) {
            capacity = in.string();
        } else if (write && name.equals("ReturnItemCollectionMetrics")) {
            metrics = in.string();
        } else if (write && name.equals("ClientRequestToken")) {
            token = in.string();
        } else if (in.skip() && unsupported == null) {
            unsupported = name;
        }
    }

    private void readActions(JsonInput in) {
        if (!in.beginArray()) {
            return;
        }
        actions = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.beginElement(PREFIX + (write ? "TransactWriteItem" : "TransactGetItem"))) {
                actions.add(readElement(in));
            }
        }
    }

    private List<TransactionAction> readElement(JsonInput in) {
        List<TransactionAction> found = new ArrayList<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            Optional<TransactionAction.Type> type = TransactionAction.Type.named(name)
                    .filter(known -> write == known.isWrite());
            if (type.isEmpty()) {
                if (in.skip() && unsupported == null) {
                    unsupported = name;
                }
            } else if (in.beginObject(PREFIX + name)) {
                found.add(TransactionAction.read(type.get(), in, body.length()));
            }
        }
        return found;
    }

    private DynamoDbRequest request() {
        Constraints constraints = new Constraints();
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        constraints.oneOf("returnItemCollectionMetrics", metrics, "SIZE", "NONE");
        constraints.length("clientRequestToken", token, token == null ? 0 : token.length(), TOKEN);
        constraints.notNull("transactItems", actions);
        if (actions != null) {
            constraints.length("transactItems", "[" + actions.size() + " actions]",
                    actions.size(), ACTIONS);
            for (int i = 0; i < actions.size(); i++) {
                String path = "transactItems." + (i + 1) + ".member.";
                actions.get(i).forEach(action -> action.checkConstraints(constraints, path));
            }
        }
        constraints.enforce();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        List<TransactionAction> single = single();
        return write ? write(single) : get(single);
    }

    private List<TransactionAction> single() {
        List<TransactionAction> single = new ArrayList<>();
        if (actions != null) {
            for (List<TransactionAction> found : actions) {
                if (found.size() != 1) {
                    throw DynamoDbException.validation(found.isEmpty()
                            ? "Invalid Request: TransactWriteRequest should contain Delete or Put"
                                    + " or Update request"
                            : "TransactItems can only contain one of Check, Put, Update or Delete");
                }
                single.add(found.getFirst());
            }
        }
        return single;
    }

    private DynamoDbRequest get(List<TransactionAction> single) {
        return new TransactGetItemsRequest(
                single.stream().map(action -> action.toGet(body)).toList(),
                Parameters.capacity(capacity));
    }

    private DynamoDbRequest write(List<TransactionAction> single) {
        List<TransactWriteItemsRequest.Action> writes = single.stream()
                .map(action -> action.toWrite(body)).toList();
        long bytes = writes.stream().mapToLong(action -> action.item().sizeBytes()).sum();
        if (bytes > TransactWriteItemsRequest.MAX_BYTES) {
            throw DynamoDbException.validation("Aggregate size of all items in the transaction"
                    + " exceeds the limit of " + TransactWriteItemsRequest.MAX_BYTES + " bytes");
        }
        return new TransactWriteItemsRequest(writes, Parameters.capacity(capacity),
                "SIZE".equals(metrics), Optional.ofNullable(token));
    }
}

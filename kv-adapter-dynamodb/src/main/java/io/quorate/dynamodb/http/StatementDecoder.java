package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import io.quorate.dynamodb.operation.StatementRequest;
import io.quorate.dynamodb.partiql.StatementParser;
import io.quorate.kv.RetryId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes the actions on PartiQL statements. One use each. */
final class StatementDecoder {
    private static final Constraints.Bounds LENGTH = new Constraints.Bounds(1, 8192);
    private static final Constraints.Bounds TOKEN = new Constraints.Bounds(1, 36);

    private final RequestBody body;
    private final List<Input> statements = new ArrayList<>();
    private @Nullable Long limit;
    private @Nullable String nextToken;
    private @Nullable String clientToken;
    private @Nullable String capacity;
    private @Nullable String unsupported;

    private StatementDecoder(RequestBody body) {
        this.body = body;
    }

    /** One statement as it came. */
    private static final class Input {
        private @Nullable String text;
        private Item parameters = new ItemWriter(1).toItem();
        private @Nullable String problem;
        private @Nullable Boolean consistent;
        private @Nullable String onCheckFailure;

        boolean member(String name, JsonInput in, RequestBody body) {
            switch (name) {
                case "Statement" -> text = in.string();
                case "Parameters" -> readParameters(in, body);
                case "ConsistentRead" -> consistent = in.bool();
                case "ReturnValuesOnConditionCheckFailure" -> onCheckFailure = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void readParameters(JsonInput in, RequestBody body) {
            if (!in.beginArray()) {
                return;
            }
            ItemWriter writer = new ItemWriter(Math.min(body.length(), 512));
            AttributeValueDecoder decoder = new AttributeValueDecoder(in, writer);
            int position = 0;
            while (in.next() != JsonToken.END_ARRAY) {
                decoder.current(String.valueOf(position++));
            }
            parameters = writer.toItem();
            problem = decoder.problem();
        }

        void checkConstraints(Constraints constraints, String path) {
            constraints.notNull(path + "statement", text);
            constraints.length(path + "statement", text, text == null ? 0 : text.length(), LENGTH);
            constraints.oneOf(path + "returnValuesOnConditionCheckFailure", onCheckFailure,
                    "ALL_OLD", "NONE");
        }

        StatementRequest.Entry entry() {
            boolean old = "ALL_OLD".equals(onCheckFailure);
            boolean read = Boolean.TRUE.equals(consistent);
            try {
                if (problem != null) {
                    throw DynamoDbException.validation(problem);
                }
                List<AttributeValue> values = List
                        .copyOf(ItemTree.attributes(parameters).values());
                return new StatementRequest.Entry(
                        StatementParser.parse(text == null ? "" : text, values), "", old, read);
            } catch (DynamoDbException bad) {
                if (bad.error() != DynamoDbError.VALIDATION) {
                    throw bad;
                }
                return new StatementRequest.Entry(null, bad.text(), old, read);
            }
        }

        String digest() {
            return RetryId.digestOf(text == null ? "" : text,
                    HexFormat.of().formatHex(parameters.shared())).toString();
        }
    }

    static DynamoDbRequest execute(RequestBody body) {
        StatementDecoder decoder = new StatementDecoder(body);
        Input input = new Input();
        decoder.read((name, in) -> {
            switch (name) {
                case "NextToken" -> decoder.nextToken = in.string();
                case "Limit" -> decoder.limit = in.wholeNumber();
                default -> {
                    return input.member(name, in, body);
                }
            }
            return true;
        });
        Constraints constraints = new Constraints();
        input.checkConstraints(constraints, "");
        constraints.atLeast("limit", decoder.limit, 1);
        decoder.checkCapacity(constraints);
        StatementRequest.Entry entry = refuseMalformed(input.entry());
        Long limit = decoder.limit;
        return new StatementRequest.Execute(entry,
                new StatementRequest.Page(
                        limit == null
                                ? Integer.MAX_VALUE
                                : (int) Math.min(limit, Integer.MAX_VALUE),
                        Optional.ofNullable(decoder.nextToken), input.digest()),
                Parameters.capacity(decoder.capacity));
    }

    private static StatementRequest.Entry refuseMalformed(StatementRequest.Entry entry) {
        if (entry.statement() == null) {
            throw DynamoDbException.validation(entry.problem());
        }
        return entry;
    }

    static DynamoDbRequest batch(RequestBody body) {
        StatementDecoder decoder = new StatementDecoder(body);
        decoder.read((name, in) -> decoder.list(name, "Statements", "BatchStatementRequest", in));
        decoder.checkList("statements", StatementRequest.MAX_BATCH, new Constraints());
        return new StatementRequest.Batch(
                decoder.statements.stream().map(Input::entry).toList(),
                Parameters.capacity(decoder.capacity));
    }

    static DynamoDbRequest transact(RequestBody body) {
        StatementDecoder decoder = new StatementDecoder(body);
        decoder.read((name, in) -> {
            if (name.equals("ClientRequestToken")) {
                decoder.clientToken = in.string();
                return true;
            }
            return decoder.list(name, "TransactStatements", "ParameterizedStatement", in);
        });
        Constraints constraints = new Constraints();
        String token = decoder.clientToken;
        constraints.length("clientRequestToken", token, token == null ? 0 : token.length(), TOKEN);
        decoder.checkList("transactStatements", StatementRequest.MAX_TRANSACTION, constraints);
        return new StatementRequest.Transact(
                decoder.statements.stream().map(Input::entry)
                        .map(StatementDecoder::refuseMalformed).toList(),
                Optional.ofNullable(token), Parameters.capacity(decoder.capacity));
    }

    private void read(FlatInput.Structure members) {
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("ReturnConsumedCapacity")) {
                    capacity = in.string();
                } else if (!members.read(name, in) && in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
            in.end();
        }
    }

    private boolean list(String name, String wanted, String type, JsonInput in) {
        if (!name.equals(wanted)) {
            return false;
        }
        if (in.beginArray()) {
            while (in.next() != JsonToken.END_ARRAY) {
                if (in.beginElement("class com.amazonaws.dynamodb.v20120810." + type)) {
                    statements.add(element(in));
                }
            }
        }
        return true;
    }

    private Input element(JsonInput in) {
        Input input = new Input();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (!input.member(name, in, body) && in.skip() && unsupported == null) {
                unsupported = name;
            }
        }
        return input;
    }

    private void checkList(String path, int most, Constraints constraints) {
        constraints.length(path, "[" + statements.size() + " statements]", statements.size(),
                new Constraints.Bounds(1, most));
        int position = 0;
        for (Input input : statements) {
            input.checkConstraints(constraints, path + "." + ++position + ".member.");
        }
        checkCapacity(constraints);
    }

    private void checkCapacity(Constraints constraints) {
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        constraints.enforce();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
    }
}

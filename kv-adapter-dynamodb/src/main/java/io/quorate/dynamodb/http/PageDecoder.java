package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.ConditionCheck;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.KeyCondition;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.PageRequest;
import io.quorate.dynamodb.operation.QueryRequest;
import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import io.quorate.dynamodb.operation.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes Query and Scan. One use each. */
final class PageDecoder {
    private static final Constraints.Bounds INDEX_NAME = new Constraints.Bounds(3, 255);
    private static final long MAX_SEGMENTS = 1_000_000;

    private final RequestBody body;
    private final boolean query;
    private final ExpressionInput expressions;
    private final LegacyValues values = new LegacyValues();
    private final LegacyConditions filters;
    private final LegacyConditions keyConditions = new LegacyConditions("KeyConditions",
            "Condition", values);
    private final AttributesToGet attributesToGet = new AttributesToGet();
    private @Nullable String table;
    private @Nullable String index;
    private @Nullable String select;
    private @Nullable Long limit;
    private @Nullable Boolean consistent;
    private @Nullable Boolean forward;
    private @Nullable ItemInput start;
    private @Nullable String capacity;
    private @Nullable String operator;
    private @Nullable Long segment;
    private @Nullable Long segments;
    private @Nullable String unsupported;

    private PageDecoder(RequestBody body, boolean query) {
        this.body = body;
        this.query = query;
        this.expressions = query
                ? new ExpressionInput(ExpressionKind.PROJECTION, ExpressionKind.FILTER,
                        ExpressionKind.KEY_CONDITION)
                : new ExpressionInput(ExpressionKind.PROJECTION, ExpressionKind.FILTER);
        this.filters = new LegacyConditions(query ? "QueryFilter" : "ScanFilter", "Condition",
                values);
    }

    static DynamoDbRequest query(RequestBody body) {
        return new PageDecoder(body, true).decode();
    }

    static DynamoDbRequest scan(RequestBody body) {
        return new PageDecoder(body, false).decode();
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
        switch (name) {
            case "TableName" -> table = in.string();
            case "IndexName" -> index = in.string();
            case "Select" -> select = in.string();
            case "Limit" -> limit = in.wholeNumber();
            case "ConsistentRead" -> consistent = in.bool();
            case "ExclusiveStartKey" -> start = ItemInput.read(in, body.length());
            case "ReturnConsumedCapacity" -> capacity = in.string();
            case "AttributesToGet" -> attributesToGet.read(in);
            case "ConditionalOperator" -> operator = in.string();
            default -> {
                boolean known = expressions.read(name, in, body.length())
                        || (query ? queryMember(name, in) : scanMember(name, in));
                if (!known && in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
        }
    }

    private boolean queryMember(String name, JsonInput in) {
        switch (name) {
            case "ScanIndexForward" -> forward = in.bool();
            case "KeyConditions" -> keyConditions.read(in);
            case "QueryFilter" -> filters.read(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean scanMember(String name, JsonInput in) {
        switch (name) {
            case "Segment" -> segment = in.wholeNumber();
            case "TotalSegments" -> segments = in.wholeNumber();
            case "ScanFilter" -> filters.read(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private DynamoDbRequest request() {
        TableNameParameter.enforceNotEmpty(table);
        checkConstraints();
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
        expressions.check(legacy());
        values.check();
        if (start != null && start.problem() != null) {
            throw DynamoDbException.validation(
                    "The provided starting key is invalid: " + start.problem());
        }
        filters.check();
        keyConditions.check();
        filters.checkOperator(operator);
        if (!query) {
            checkSegments();
        }
        return bound();
    }

    private void checkConstraints() {
        Constraints constraints = new Constraints();
        constraints.oneOf("select", select, "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES",
                "ALL_PROJECTED_ATTRIBUTES");
        constraints.length("indexName", index, index == null ? 0 : index.length(), INDEX_NAME);
        constraints.oneOf("returnConsumedCapacity", capacity, ReturnConsumedCapacity.class);
        TableNameParameter.check(constraints, table);
        constraints.atLeast("limit", limit, 1);
        constraints.atLeast("totalSegments", segments, 1);
        constraints.check(segments == null || segments <= MAX_SEGMENTS, "totalSegments", segments,
                "Member must have value less than or equal to " + MAX_SEGMENTS);
        constraints.atLeast("segment", segment, 0);
        constraints.check(segment == null || segment < MAX_SEGMENTS, "segment", segment,
                "Member must have value less than or equal to " + (MAX_SEGMENTS - 1));
        constraints.oneOf("conditionalOperator", operator, "OR", "AND");
        keyConditions.checkConstraints(constraints);
        filters.checkConstraints(constraints);
        attributesToGet.checkConstraints(constraints, "attributesToGet");
        constraints.enforce();
    }

    private List<String> legacy() {
        List<String> legacy = new ArrayList<>(attributesToGet.present());
        if (filters.isPresent()) {
            legacy.add(query ? "QueryFilter" : "ScanFilter");
        }
        if (operator != null) {
            legacy.add("ConditionalOperator");
        }
        if (keyConditions.isPresent()) {
            legacy.add("KeyConditions");
        }
        return legacy;
    }

    private void checkSegments() {
        if (segment != null && segments == null) {
            throw DynamoDbException.validation("The TotalSegments parameter is required but was not"
                    + " present in the request when Segment parameter is present");
        }
        if (segments != null && segment == null) {
            throw DynamoDbException.validation("The Segment parameter is required but was not"
                    + " present in the request when parameter TotalSegments is present");
        }
        if (segment != null && segments != null && segment >= segments) {
            throw DynamoDbException.validation("The Segment parameter is zero-based and must be"
                    + " less than parameter TotalSegments: Segment: " + segment
                    + " is not less than TotalSegments: " + segments);
        }
    }

    private DynamoDbRequest bound() {
        ExpressionScope scope = expressions.scope();
        Projection projection = attributesToGet.isPresent()
                ? attributesToGet.projection()
                : projection(scope);
        PageRequest.Select selected = new SelectRules(query, index != null,
                attributesToGet.isPresent(), projection != null).check(select);
        KeyCondition keys = query ? keys(scope) : null;
        PageRequest.Filter filter = filter(scope);
        scope.finish();
        if (table == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        PageRequest page = new PageRequest(TableNameParameter.resolve(table, body.account()), index,
                selected, projection, filter,
                new PageRequest.Limits(
                        limit == null
                                ? Integer.MAX_VALUE
                                : (int) Math.min(limit, Integer.MAX_VALUE),
                        start == null ? null : start.item()),
                Boolean.TRUE.equals(consistent), Parameters.capacity(capacity));
        return keys != null
                ? new QueryRequest(page, keys, !Boolean.FALSE.equals(forward))
                : new ScanRequest(page, segment == null ? 0 : Math.toIntExact(segment),
                        segments == null ? 1 : Math.toIntExact(segments));
    }

    private @Nullable Projection projection(ExpressionScope scope) {
        String text = expressions.text(ExpressionKind.PROJECTION);
        return text == null
                ? null
                : Projection.check(body.expressions().projection(text), scope);
    }

    private PageRequest.@Nullable Filter filter(ExpressionScope scope) {
        String legacy = filters.toExpression(operator);
        if (legacy != null) {
            Bindings bindings = values.bindings();
            return filter(legacy, new ExpressionScope(bindings));
        }
        String text = expressions.text(ExpressionKind.FILTER);
        return text == null ? null : filter(text, scope);
    }

    private PageRequest.Filter filter(String text, ExpressionScope scope) {
        Condition condition = body.expressions().condition(ExpressionKind.FILTER, text);
        Set<String> attributes = ConditionCheck.check(ExpressionKind.FILTER, condition, scope);
        return new PageRequest.Filter(condition, scope.bindings(), attributes);
    }

    private KeyCondition keys(ExpressionScope scope) {
        String legacy = keyConditions.toExpression(null);
        String text = legacy == null ? expressions.text(ExpressionKind.KEY_CONDITION) : legacy;
        if (text == null) {
            throw DynamoDbException.validation("Either the KeyConditions or KeyConditionExpression"
                    + " parameter must be specified in the request.");
        }
        if (legacy == null) {
            return KeyCondition.check(
                    body.expressions().condition(ExpressionKind.KEY_CONDITION, text), scope);
        }
        for (LegacyCondition condition : keyConditions.conditions()) {
            String name = condition.operator();
            boolean possible = name != null && Set
                    .of("EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN").contains(name);
            if (!possible) {
                throw DynamoDbException.validation(
                        "Attempted conditional constraint is not an indexable operation");
            }
        }
        return KeyCondition.check(
                body.expressions().condition(ExpressionKind.KEY_CONDITION, text),
                new ExpressionScope(values.bindings()));
    }
}

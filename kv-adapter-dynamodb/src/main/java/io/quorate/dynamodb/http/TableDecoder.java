package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.operation.DeleteTableRequest;
import io.quorate.dynamodb.operation.DescribeTableRequest;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.FactsRequest;
import io.quorate.dynamodb.operation.ListTablesRequest;
import io.quorate.dynamodb.operation.PolicyRequest;
import io.quorate.dynamodb.operation.TagsRequest;
import io.quorate.dynamodb.operation.TimeToLiveRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Decodes the requests about tables that have only plain members. Pure functions. */
final class TableDecoder {
    private static final String TABLE = "TableName";
    private static final String ARN = "ResourceArn";
    private static final String EXPECTED = "ExpectedRevisionId";
    private static final long MAX_LIST = 100;
    private static final int MAX_POLICY_BYTES = 20 * 1024;
    private static final Constraints.Bounds NAME = new Constraints.Bounds(TableName.MIN_LENGTH,
            TableName.MAX_LENGTH);
    private static final Constraints.Bounds REVISION = new Constraints.Bounds(1, 255);

    private TableDecoder() {}

    static DynamoDbRequest describe(RequestBody body) {
        return named(body, DescribeTableRequest::new);
    }

    static DynamoDbRequest delete(RequestBody body) {
        return named(body, DeleteTableRequest::new);
    }

    static DynamoDbRequest describeTimeToLive(RequestBody body) {
        return named(body, TimeToLiveRequest.Show::new);
    }

    private static DynamoDbRequest named(RequestBody body,
            Function<String, DynamoDbRequest> request) {
        FlatInput input = FlatInput.read(body, Map.of(TABLE, FlatInput.Type.TEXT));
        String table = input.text(TABLE);
        TableNameParameter.enforceNotEmpty(table);
        Constraints constraints = new Constraints();
        TableNameParameter.check(constraints, table);
        constraints.enforce();
        input.checkSupported();
        return request.apply(TableNameParameter.resolve(present(table), body.account()));
    }

    static DynamoDbRequest list(RequestBody body) {
        FlatInput input = FlatInput.read(body, Map.of("ExclusiveStartTableName",
                FlatInput.Type.TEXT, "Limit", FlatInput.Type.NUMBER));
        String after = input.text("ExclusiveStartTableName");
        Long limit = input.number("Limit");
        Constraints constraints = new Constraints();
        if (after != null) {
            constraints.check(TableName.isWellFormed(after), "exclusiveStartTableName", after,
                    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
            constraints.length("exclusiveStartTableName", after, after.length(), NAME);
        }
        constraints.atLeast("limit", limit, 1);
        constraints.check(limit == null || limit <= MAX_LIST, "limit", limit,
                "Member must have value less than or equal to " + MAX_LIST);
        constraints.enforce();
        input.checkSupported();
        return new ListTablesRequest(after == null ? "" : after,
                (int) (limit == null ? MAX_LIST : limit));
    }

    static DynamoDbRequest facts(RequestBody body, FactsRequest.Question question) {
        FlatInput.read(body, Map.of()).checkSupported();
        return new FactsRequest(question, body.host());
    }

    static DynamoDbRequest listTags(RequestBody body) {
        FlatInput input = FlatInput.read(body,
                Map.of(ARN, FlatInput.Type.TEXT, "NextToken", FlatInput.Type.TEXT));
        return new TagsRequest.Show(resource(input, body));
    }

    static DynamoDbRequest getPolicy(RequestBody body) {
        FlatInput input = FlatInput.read(body, Map.of(ARN, FlatInput.Type.TEXT));
        return new PolicyRequest.Show(resource(input, body));
    }

    static DynamoDbRequest deletePolicy(RequestBody body) {
        FlatInput input = FlatInput.read(body,
                Map.of(ARN, FlatInput.Type.TEXT, EXPECTED, FlatInput.Type.TEXT));
        return new PolicyRequest.Delete(resource(input, body), expected(input));
    }

    static DynamoDbRequest putPolicy(RequestBody body) {
        FlatInput input = FlatInput.read(body, Map.of(ARN, FlatInput.Type.TEXT, EXPECTED,
                FlatInput.Type.TEXT, "Policy", FlatInput.Type.TEXT,
                "ConfirmRemoveSelfResourceAccess", FlatInput.Type.FLAG));
        String policy = input.text("Policy");
        Constraints constraints = new Constraints();
        ResourceArn.check(constraints, input.text(ARN));
        constraints.notNull("policy", policy);
        constraints.enforce();
        String table = resource(input, body);
        String document = present(policy);
        if (document.getBytes(StandardCharsets.UTF_8).length > MAX_POLICY_BYTES) {
            throw DynamoDbException.validation(
                    "Resource-based policy exceeds the size limit of " + MAX_POLICY_BYTES);
        }
        checkDocument(document);
        return new PolicyRequest.Put(table, document, expected(input));
    }

    private static void checkDocument(String document) {
        try (JsonInput in = JsonInput.of(document.getBytes(StandardCharsets.UTF_8))) {
            while (in.nextName() != null) {
                in.skip();
            }
            in.end();
        } catch (JacksonException | DynamoDbException malformed) {
            throw DynamoDbException
                    .validation("The policy is not a well-formed JSON document");
        }
    }

    private static Optional<String> expected(FlatInput input) {
        String revision = input.text(EXPECTED);
        Constraints constraints = new Constraints();
        constraints.length("expectedRevisionId", revision,
                revision == null ? 0 : revision.length(), REVISION);
        constraints.enforce();
        return Optional.ofNullable(revision);
    }

    private static String resource(FlatInput input, RequestBody body) {
        Constraints constraints = new Constraints();
        ResourceArn.check(constraints, input.text(ARN));
        constraints.enforce();
        input.checkSupported();
        return ResourceArn.resolve(input.text(ARN), body.account());
    }

    private static String present(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("constraints let a null pass");
        }
        return value;
    }
}

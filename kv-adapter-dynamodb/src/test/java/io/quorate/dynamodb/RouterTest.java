package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.service.AwsService;
import io.quorate.dynamodb.Endpoint.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final String UNKNOWN = "com.amazon.coral.service#UnknownOperationException";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @ParameterizedTest
    @ValueSource(strings = {"ListBackups", "CreateBackup", "CreateGlobalTable", "ImportTable",
        "DescribeContinuousBackups", "ExportTableToPointInTime"})
    void anActionThatIsNotBuiltIsAnUnknownOperation(String action) {
        assertThat(endpoint.call(action, "{\"TableName\":\"things\"}"))
                .isEqualTo(Answer.error(UNKNOWN, action + " is not supported by this server"));
        assertThat(actionOf("DynamoDB_20120810." + action)).isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PutItem", "DynamoDB_20120810.", "DynamoDB_20120810.putItem",
        "DynamoDB_20120810.PutItem2", "DynamoDB_20111205.PutItem",
        "DynamoDBStreams_20120810.PutItem", "DynamoDB_20120810.ListStreams"})
    void aTargetThatIsNoActionIsAnUnknownOperation(String target) {
        assertThat(endpoint.callTarget(target, new byte[0]))
                .isEqualTo(Answer.error(UNKNOWN, "The request names no action of DynamoDB"));
        assertThat(actionOf(target)).isEqualTo("Unknown");
    }

    @Test
    void streamsHaveATargetOfTheirOwn() {
        assertThat(actionOf("DynamoDBStreams_20120810.ListStreams")).isEqualTo("ListStreams");
        assertThat(endpoint.streams("ListStreams", "{}"))
                .isEqualTo(Answer.ok("{\"Streams\":[]}"));
        assertThat(endpoint.handler().service()).isEqualTo(AwsService.DYNAMODB);
    }

    @Test
    void whatNoPolicyAllowsIsDeniedAndNotDone() {
        endpoint.as(Endpoint.identity("reader", new Permissions.Allowed(
                List.of(new Permissions.AllowRule(List.of("dynamodb:GetItem"),
                        List.of("arn:aws:dynamodb:*:000000000000:table/things"))))));
        int before = store.commits();
        String arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/";

        assertThat(endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}"))
                .isEqualTo(Answer.ok("{}"));
        assertThat(endpoint.call("GetItem",
                "{\"TableName\":\"other\",\"Key\":{\"a\":{\"S\":\"k\"}}}"))
                .isEqualTo(denied("dynamodb:GetItem", arn + "other"));
        assertThat(endpoint.call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"}}}"))
                .isEqualTo(denied("dynamodb:PutItem", arn + "things"));
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}"))
                .isEqualTo(denied("dynamodb:DescribeTable", arn + "things"));
        assertThat(store.commits()).isEqualTo(before);
    }

    private static Answer denied(String action, String arn) {
        return Answer.error("com.amazon.coral.service#AccessDeniedException",
                "User: reader is not authorized to perform: " + action + " on resource: " + arn
                        + " because no identity-based policy allows the " + action + " action");
    }

    private String actionOf(String target) {
        return endpoint.handler().actionOf(
                new FakeExchange(Endpoint.identity("admin", new Permissions.Admin()),
                        AwsHeaders.of("X-Amz-Target", target), new byte[0]));
    }
}

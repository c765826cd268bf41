package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the server refuses, each protocol in AWS's own words, and never with a stack trace. */
class RefusalIT {
    private static final String JSON = "application/x-amz-json-1.0";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static RawRequests requests;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        requests = new RawRequests(server.port());
    }

    @AfterAll
    static void stop() {
        requests.close();
        server.close();
    }

    @Test
    void aWrongSecretIsRefused() {
        AwsClients wrong = server.clients().as("test", "not-test").withoutRetries();

        try (var dynamoDb = wrong.dynamoDb(); var sqs = wrong.sqs(); var s3 = wrong.s3()) {
            assertRefused(() -> dynamoDb.describeTable(d -> d.tableName("abc")), 400,
                    "InvalidSignatureException");
            assertRefused(() -> sqs.createQueue(q -> q.queueName("q")), 403,
                    "SignatureDoesNotMatch");
            assertRefused(() -> s3.createBucket(b -> b.bucket("bucket")), 403,
                    "SignatureDoesNotMatch");
        }
    }

    @Test
    void anUnknownAccessKeyIsRefused() {
        AwsClients unknown = server.clients().as("nobody", "test").withoutRetries();

        try (var dynamoDb = unknown.dynamoDb(); var sqs = unknown.sqs(); var s3 = unknown.s3()) {
            assertRefused(() -> dynamoDb.describeTable(d -> d.tableName("abc")), 400,
                    "UnrecognizedClientException");
            assertRefused(() -> sqs.createQueue(q -> q.queueName("q")), 403,
                    "InvalidClientTokenId");
            assertRefused(() -> s3.createBucket(b -> b.bucket("bucket")), 403,
                    "InvalidAccessKeyId");
        }
    }

    @ParameterizedTest
    @CsvSource({"DynamoDB_20120810.NoSuchAction,dynamodb,UnknownOperationException",
        "AmazonSQS.NoSuchAction,sqs,UnknownOperationException",
        "DynamoDB_20120810.CreateGlobalTable,dynamodb,UnknownOperationException"})
    void anUnknownActionIsRefused(String target, String service, String code) throws Exception {
        assertAnswer(json(service, target, "{}"), 400, code);
    }

    @Test
    void anUnknownActionOfTheQueryProtocolIsRefused() throws Exception {
        assertAnswer(
                requests.signed("sqs", "POST", "/",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "Action=NoSuchAction&Version=2012-11-05"),
                400, "InvalidAction");
    }

    @Test
    void aSubresourceThatIsNotBuiltIsNotImplementedAndTouchesNothing() throws Exception {
        requests.signed("s3", "PUT", "/refusals", Map.of(), "");

        assertAnswer(requests.signed("s3", "PUT", "/refusals?replication", Map.of(), "x"), 501,
                "NotImplemented");
        assertAnswer(requests.signed("s3", "GET", "/refusals?inventory", Map.of(), ""), 501,
                "NotImplemented");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{", "[]", "nonsense", "{\"TableName\":1}", "''",
        "{\"TableName\":\"abc\"", "{\"a\":{\"a\":{\"a\":{\"a\":["})
    void bodiesThatAreNotJsonAreRefused(String body) throws Exception {
        HttpResponse<String> dynamoDb = json("dynamodb", "DynamoDB_20120810.GetItem", body);
        HttpResponse<String> sqs = json("sqs", "AmazonSQS.CreateQueue", body);

        assertThat(dynamoDb.statusCode()).as(dynamoDb.body()).isEqualTo(400);
        assertThat(sqs.statusCode()).as(sqs.body()).isEqualTo(400);
        assertNoTrace(dynamoDb);
        assertNoTrace(sqs);
    }

    @Test
    void jsonNestedWithoutEndIsRefused() throws Exception {
        String body = "{\"Item\":" + "{\"M\":".repeat(50_000);

        assertThat(json("dynamodb", "DynamoDB_20120810.PutItem", body).statusCode())
                .isEqualTo(400);
        assertThat(json("sqs", "AmazonSQS.SendMessage", body).statusCode()).isEqualTo(400);
    }

    @Test
    void bodiesBeyondTheBoundAreRefused() throws Exception {
        String body = "{\"x\":\"" + "x".repeat(18 << 20) + "\"}";

        HttpResponse<String> dynamoDb = json("dynamodb", "DynamoDB_20120810.PutItem", body);
        HttpResponse<String> sqs = json("sqs", "AmazonSQS.SendMessage", body);

        assertThat(dynamoDb.statusCode()).isBetween(400, 413);
        assertThat(sqs.statusCode()).isBetween(400, 413);
        assertNoTrace(dynamoDb);
        assertNoTrace(sqs);
    }

    @ParameterizedTest
    @CsvSource({"dynamodb,DynamoDB_20120810.GetItem,ValidationException",
        "sqs,AmazonSQS.CreateQueue,InvalidParameterValue"})
    void aMalformedTimeoutIsTheServicesOwnBadRequest(String service, String target, String code)
            throws Exception {
        HttpResponse<String> answer = requests.signed(service, "POST", "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", target, "X-Quorate-Timeout", "soon"),
                "{}");

        assertAnswer(answer, 400, code);
        assertThat(answer.body()).contains("X-Quorate-Timeout must be");
    }

    @Test
    void aMalformedTimeoutIsS3sInvalidArgument() throws Exception {
        assertAnswer(requests.signed("s3", "GET", "/bucket/key",
                Map.of("X-Quorate-Timeout", "60001"), ""), 400, "InvalidArgument");
    }

    @Test
    void unsignedRequestsAreRefused() throws Exception {
        assertAnswer(requests.unsigned("PUT", "/bucket", Map.of(), ""), 403, "AccessDenied");
        assertAnswer(requests.unsigned("POST", "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", "DynamoDB_20120810.GetItem"), "{}"),
                400, "MissingAuthenticationTokenException");
        assertAnswer(requests.unsigned("POST", "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", "AmazonSQS.CreateQueue"), "{}"), 403,
                "MissingAuthenticationToken");
    }

    @Test
    void everyRefusalCarriesARequestId() throws Exception {
        assertThat(requests.unsigned("PUT", "/bucket", Map.of(), "").headers()
                .firstValue("x-amz-request-id")).isPresent();
        assertThat(json("dynamodb", "DynamoDB_20120810.Nothing", "{}").headers()
                .firstValue("x-amzn-requestid")).isPresent();
    }

    private static HttpResponse<String> json(String service, String target, String body)
            throws Exception {
        return requests.signed(service, "POST", "/",
                Map.of("Content-Type", JSON, "X-Amz-Target", target), body);
    }

    private static void assertRefused(ThrowingCallable call, int status, String code) {
        AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, call);

        assertThat(refused).isNotNull();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refused.statusCode()).isEqualTo(status);
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains(code);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertNoTrace(answer);
    }

    private static void assertNoTrace(HttpResponse<String> answer) {
        assertThat(answer.body()).doesNotContain("io.quorate", "java.", "\tat ", "reactor.");
    }
}

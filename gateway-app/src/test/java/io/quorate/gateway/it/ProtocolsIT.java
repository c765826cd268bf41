package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** The three protocols on one endpoint, as the README shows them, with more than one identity. */
class ProtocolsIT {
    @TempDir
    static Path directory;

    private static RunningServer server;
    private static AwsClients clients;

    @BeforeAll
    static void start() throws Exception {
        Path file = directory.resolve("quorate.yaml");
        Files.writeString(file, """
                data: %s
                identities:
                  - {name: operator, admin: true, keys: [{access-key: OP, secret-key: op-secret}]}
                  - name: reader
                    keys: [{access-key: RD, secret-key: rd-secret}]
                    allow:
                      - {actions: ["s3:Get*"], resources: ["arn:aws:s3:::photos/*"]}
                """.formatted(directory.resolve("data")));
        server = RunningServer.from(file);
        clients = server.clients().as("OP", "op-secret");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anObjectIsReadAsItWasPut() {
        try (var s3 = clients.s3()) {
            s3.createBucket(bucket -> bucket.bucket("objects"));
            s3.putObject(put -> put.bucket("objects").key("a/b"), RequestBody.fromString("hello"));

            assertThat(s3.getObjectAsBytes(get -> get.bucket("objects").key("a/b")).asUtf8String())
                    .isEqualTo("hello");
        }
    }

    @Test
    void oneConnectionServesLargeAndSmallObjectsInTurn() {
        try (var s3 = clients.s3()) {
            s3.createBucket(bucket -> bucket.bucket("turns"));
            s3.putObject(put -> put.bucket("turns").key("small"), RequestBody.fromString("x"));
            s3.putObject(put -> put.bucket("turns").key("large"),
                    RequestBody.fromString("x".repeat(200_000)));

            for (int i = 0; i < 300; i++) {
                String key = i % 3 == 0 ? "large" : "small";
                assertThat(s3.getObjectAsBytes(get -> get.bucket("turns").key(key)).asByteArray())
                        .hasSize(i % 3 == 0 ? 200_000 : 1);
            }
        }
    }

    @Test
    void aMessageIsReceivedAsItWasSent() {
        try (var sqs = clients.sqs()) {
            String url = sqs.createQueue(queue -> queue.queueName("jobs")).queueUrl();
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("hello"));

            List<Message> messages = sqs
                    .receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5)).messages();

            assertThat(messages).extracting(Message::body).containsExactly("hello");
        }
    }

    @Test
    void anItemIsReadAsItWasPut() {
        Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("a"), "text",
                AttributeValue.fromS("hello"));
        try (var dynamoDb = clients.dynamoDb();
                Workload.Session table = new ItemWorkload().open(clients)) {
            table.write("b");
            dynamoDb.putItem(put -> put.tableName(ItemWorkload.TABLE).item(item));

            assertThat(dynamoDb.getItem(get -> get.tableName(ItemWorkload.TABLE)
                    .key(Map.of("id", AttributeValue.fromS("a"))).consistentRead(true)).item())
                    .isEqualTo(item);
        }
    }

    @Test
    void anIdentityMayDoWhatItsRulesAllowAndNothingElse() {
        try (var operator = clients.s3(); var reader = clients.as("RD", "rd-secret").s3()) {
            operator.createBucket(bucket -> bucket.bucket("photos"));
            operator.putObject(put -> put.bucket("photos").key("k"), RequestBody.fromString("x"));

            assertThat(reader.getObjectAsBytes(get -> get.bucket("photos").key("k")).asUtf8String())
                    .isEqualTo("x");
            AwsServiceException refused = catchThrowableOfType(AwsServiceException.class,
                    () -> reader.putObject(put -> put.bucket("photos").key("k"),
                            RequestBody.fromString("y")));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        }
    }

    @Test
    void aLongPollThatFindsNothingReturnsEmptyWhenItsWaitIsOver() {
        try (var sqs = clients.sqs()) {
            String url = sqs.createQueue(queue -> queue.queueName("empty")).queueUrl();

            long start = System.nanoTime();
            List<Message> messages = sqs
                    .receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(1)).messages();

            assertThat(messages).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(900));
        }
    }
}

package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/** SQS as clients of the SDK with its own settings see it: they check every digest themselves. */
class SqsIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static SqsClient sqs;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        sqs = server.clients().sqs();
    }

    @AfterAll
    static void stop() {
        sqs.close();
        server.close();
    }

    @Test
    void aMessageWithAttributesIsSentReceivedAndDeleted() {
        String queue = queue("round-trip");
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("grüße 😀")
                .messageAttributes(Map.of("text", text("String", "värde"), "number",
                        text("Number", "1.5"), "bytes",
                        MessageAttributeValue.builder().dataType("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[]{0, -1, 1}))
                                .build())));

        Message message = receive(queue).getFirst();
        sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));

        assertThat(message.body()).isEqualTo("grüße 😀");
        assertThat(attribute(message, "text").stringValue()).isEqualTo("värde");
        assertThat(attribute(message, "bytes").binaryValue().asByteArray())
                .containsExactly(0, -1, 1);
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void aMessageMayHaveAMebibyte() {
        String queue = queue("large");
        String body = "m".repeat(1 << 20);

        sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body));

        assertThat(receive(queue).getFirst().body()).isEqualTo(body);
    }

    @Test
    void aHiddenMessageComesBackAndItsOldReceiptDeletesNothing() {
        String queue = queue("hidden");
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("x"));
        String stale = sqs.receiveMessage(from -> from.queueUrl(queue).visibilityTimeout(1))
                .messages().getFirst().receiptHandle();

        Message again = sqs.receiveMessage(
                from -> from.queueUrl(queue).visibilityTimeout(0).waitTimeSeconds(10)).messages()
                .getFirst();
        sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(stale));

        assertThat(receive(queue)).singleElement()
                .satisfies(message -> assertThat(message.messageId())
                        .isEqualTo(again.messageId()));
    }

    @Test
    void aLongPollIsWokenByAMessage() throws Exception {
        String queue = queue("polled");
        CompletableFuture<List<Message>> poll = CompletableFuture.supplyAsync(() -> sqs
                .receiveMessage(from -> from.queueUrl(queue).waitTimeSeconds(20)).messages());

        // Late enough that the poll waits on most machines; early is right too.
        assertThatThrownBy(() -> poll.get(500, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        long sent = System.nanoTime();
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("wake up"));

        assertThat(poll.get(60, TimeUnit.SECONDS)).singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("wake up"));
        // Long before the poll would have looked for a last time.
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aLongPollEndsEmptyAtItsTime() {
        String queue = queue("silent");
        long begun = System.nanoTime();

        assertThat(sqs.receiveMessage(from -> from.queueUrl(queue).waitTimeSeconds(2)).messages())
                .isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_990));
    }

    @Test
    void errorsAreTheSdksOwnExceptions() {
        String queue = queue("errors");
        String none = queue.replace("errors", "none");

        assertThatThrownBy(() -> receive(none)).isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> sqs
                .deleteMessage(delete -> delete.queueUrl(queue).receiptHandle("garbage")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
        assertThatThrownBy(() -> sqs.createQueue(create -> create.queueName("errors")
                .attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "9"))))
                .isInstanceOf(QueueNameExistsException.class);
    }

    @Test
    void theQueryProtocolIsSpokenTo() throws Exception {
        String queue = queue("query");

        String sent = query(queue, "Action=SendMessage&Version=2012-11-05&MessageBody=by%20form");
        String received = query(queue, "Action=ReceiveMessage&Version=2012-11-05");
        String refused = query(queue + "x", "Action=PurgeQueue&Version=2012-11-05");

        assertThat(sent).contains("<SendMessageResult>", "<MD5OfMessageBody>");
        assertThat(received).contains("<Body>by form</Body>");
        assertThat(refused).contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
    }

    private static String query(String url, String form) throws IOException {
        ContentStreamProvider body = ContentStreamProvider.fromString(form,
                StandardCharsets.UTF_8);
        SdkHttpRequest request = SdkHttpRequest.builder().method(SdkHttpMethod.POST)
                .uri(URI.create(url)).putHeader("Content-Type",
                        "application/x-www-form-urlencoded")
                .putHeader("Content-Length", Integer.toString(form.length())).build();
        SignedRequest signed = AwsV4HttpSigner.create().sign(
                sign -> sign.identity(server.clients().credentials().resolveCredentials())
                        .request(request).payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        try (SdkHttpClient http = ApacheHttpClient.create()) {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                    .request(signed.request()).contentStreamProvider(body).build()).call();
            try (InputStream in = answer.responseBody().orElseThrow()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private static String queue(String name) {
        return sqs.createQueue(create -> create.queueName(name)).queueUrl();
    }

    private static List<Message> receive(String queue) {
        return sqs.receiveMessage(from -> from.queueUrl(queue).maxNumberOfMessages(10)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
    }

    private static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static MessageAttributeValue attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name), name);
    }
}

package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What happens in a bucket is told to queues, exactly once. */
class S3EventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");

    @TempDir
    Path data;

    private RunningServer server;
    private S3Client s3;
    private SqsClient sqs;
    private String url = "";

    @BeforeEach
    void start() {
        open();
        s3.createBucket(to -> to.bucket("events"));
        url = sqs.createQueue(queue -> queue.queueName("told")).queueUrl();
    }

    private void open() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
        sqs = server.clients().sqs();
    }

    @AfterEach
    void stop() {
        s3.close();
        sqs.close();
        server.close();
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    private void tell(QueueConfiguration... configurations) {
        s3.putBucketNotificationConfiguration(of -> of.bucket("events")
                .notificationConfiguration(all -> all.queueConfigurations(configurations)));
    }

    private static QueueConfiguration all(Event... events) {
        return QueueConfiguration.builder().id("all").queueArn(arn("told")).events(events).build();
    }

    /** Takes messages until there are so many, and then looks whether there are more. */
    private List<String> told(int atLeast) {
        List<String> bodies = new ArrayList<>();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            take(bodies, 1);
            return bodies.size() >= atLeast;
        });
        take(bodies, 2);
        return bodies;
    }

    private void take(List<String> bodies, int waitSeconds) {
        List<Message> messages = sqs.receiveMessage(from -> from.queueUrl(url)
                .maxNumberOfMessages(10).waitTimeSeconds(waitSeconds)).messages();
        for (Message message : messages) {
            bodies.add(message.body());
            sqs.deleteMessage(of -> of.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
    }

    private static FilterRule rule(FilterRuleName name, String value) {
        return FilterRule.builder().name(name).value(value).build();
    }

    private static String key(String body) {
        Matcher matcher = KEY.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Test
    void aQueueHearsThatItIsConfiguredAndWhatIsCreatedAndDeleted() {
        tell(all(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED));
        assertThat(told(1)).singleElement().asString().contains("\"Event\":\"s3:TestEvent\"")
                .contains("\"Bucket\":\"events\"");

        String etag = s3.putObject(to -> to.bucket("events").key("a b/ü"),
                RequestBody.fromString("12345")).eTag();
        assertThat(told(1)).singleElement().asString()
                .contains("\"eventName\":\"ObjectCreated:Put\"")
                .contains("\"configurationId\":\"all\"")
                .contains("\"arn\":\"arn:aws:s3:::events\"").contains("\"key\":\"a+b/%C3%BC\"")
                .contains("\"size\":5").contains("\"eTag\":" + etag);

        s3.deleteObject(of -> of.bucket("events").key("a b/ü"));
        assertThat(told(1)).singleElement().asString()
                .contains("\"eventName\":\"ObjectRemoved:Delete\"");
        s3.deleteObject(of -> of.bucket("events").key("never there"));
        assertThat(told(0)).isEmpty();
    }

    @Test
    void aConfigurationWithoutANameGetsOne() {
        tell(QueueConfiguration.builder().queueArn(arn("told")).events(Event.S3_OBJECT_CREATED)
                .build());
        told(1);

        s3.putObject(to -> to.bucket("events").key("key"), RequestBody.fromString("x"));

        String id = s3.getBucketNotificationConfiguration(of -> of.bucket("events"))
                .queueConfigurations().getFirst().id();
        assertThat(id).isNotBlank();
        assertThat(told(1)).singleElement().asString()
                .contains("\"configurationId\":\"" + id + "\"");
    }

    @Test
    void anUploadInPartsIsToldOnceItIsComplete() {
        tell(all(Event.S3_OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD));
        told(1);
        s3.putObject(to -> to.bucket("events").key("plain"), RequestBody.fromString("x"));
        String id = s3.createMultipartUpload(of -> of.bucket("events").key("parts")).uploadId();
        String etag = s3.uploadPart(
                of -> of.bucket("events").key("parts").uploadId(id).partNumber(1),
                RequestBody.fromString("part")).eTag();
        s3.completeMultipartUpload(of -> of.bucket("events").key("parts").uploadId(id)
                .multipartUpload(parts -> parts
                        .parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));

        assertThat(told(1)).singleElement().asString()
                .contains("ObjectCreated:CompleteMultipartUpload").contains("\"key\":\"parts\"");
    }

    @Test
    void aQueueHearsOfTheKeysItAsksFor() {
        QueueConfiguration filtered = QueueConfiguration.builder().id("images")
                .queueArn(arn("told")).events(Event.S3_OBJECT_CREATED_PUT)
                .filter(by -> by.key(key -> key.filterRules(
                        List.of(rule(FilterRuleName.PREFIX, "images/"),
                                rule(FilterRuleName.SUFFIX, ".jpg")))))
                .build();
        tell(filtered);
        told(1);

        for (String key : List.of("images/a.jpg", "images/a.png", "other/a.jpg")) {
            s3.putObject(to -> to.bucket("events").key(key), RequestBody.fromString("x"));
        }

        assertThat(told(1)).extracting(S3EventsIT::key).containsExactly("images/a.jpg");
        assertThat(s3.getBucketNotificationConfiguration(of -> of.bucket("events"))
                .queueConfigurations()).hasSize(1);
    }

    @Test
    void aRefusedWriteIsNotTold() {
        tell(all(Event.S3_OBJECT_CREATED));
        told(1);
        s3.putObject(to -> to.bucket("events").key("k"), RequestBody.fromString("1"));

        assertThatThrownBy(() -> s3.putObject(
                to -> to.bucket("events").key("k").ifNoneMatch("*"), RequestBody.fromString("2")))
                .isInstanceOf(S3Exception.class);

        assertThat(told(1)).hasSize(1);
    }

    @Test
    void ofManyWritesEachIsToldOnceEvenIfTheServerIsStartedAgain() throws Exception {
        tell(all(Event.S3_OBJECT_CREATED));
        told(1);
        List<String> keys = IntStream.range(0, 200).mapToObj(i -> "many/" + i).toList();
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            writers.invokeAll(keys.stream().<Callable<Object>>map(
                    key -> () -> s3.putObject(to -> to.bucket("events").key(key),
                            RequestBody.fromString(key)))
                    .toList());
        }

        stop();
        open();

        assertThat(told(200)).extracting(S3EventsIT::key)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void aQueueThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> s3.putBucketNotificationConfiguration(of -> of.bucket("events")
                .notificationConfiguration(all -> all.queueConfigurations(QueueConfiguration
                        .builder().queueArn(arn("none")).events(Event.S3_OBJECT_CREATED)
                        .build()))))
                .isInstanceOfSatisfying(S3Exception.class,
                        answer -> assertThat(answer.awsErrorDetails().errorCode())
                                .isEqualTo("InvalidArgument"));
        assertThat(s3.getBucketNotificationConfiguration(of -> of.bucket("events"))
                .queueConfigurations()).isEmpty();
    }

    @Test
    void whatNobodyAsksForAnyMoreIsNotTold() {
        tell(all(Event.S3_OBJECT_CREATED));
        told(1);

        tell();
        s3.putObject(to -> to.bucket("events").key("k"), RequestBody.fromString("1"));

        assertThat(s3.getBucketNotificationConfiguration(of -> of.bucket("events"))
                .queueConfigurations()).isEmpty();
        assertThat(told(0)).isEmpty();
    }

    @Test
    void aQueueThatIsGoneHoldsNothingUp() {
        String other = sqs.createQueue(queue -> queue.queueName("gone")).queueUrl();
        tell(QueueConfiguration.builder().id("gone").queueArn(arn("gone"))
                .events(Event.S3_OBJECT_CREATED).build(), all(Event.S3_OBJECT_CREATED));
        told(1);
        sqs.deleteQueue(queue -> queue.queueUrl(other));

        s3.putObject(to -> to.bucket("events").key("k"), RequestBody.fromString("1"));

        assertThat(told(1)).extracting(S3EventsIT::key).containsExactly("k");
    }
}

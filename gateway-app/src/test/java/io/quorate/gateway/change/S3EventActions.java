package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What queues are told of buckets; each trial's bucket and queue have one name. */
final class S3EventActions implements ActionCases {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String service() {
        return "S3";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return List.of(
                ActionCase.of("PutBucketNotificationConfiguration", S3EventActions::bucketAndQueue,
                        S3EventActions::tell, (sdk, name, put) -> {
                            assertThat(told(sdk, name)).extracting(QueueConfiguration::queueArn)
                                    .containsExactly(arn(name));
                            assertOneMessage(sdk, name);
                        }),
                ActionCase.of("GetBucketNotificationConfiguration", (sdk, id) -> {
                    String name = bucketAndQueue(sdk, id);
                    var unused = tell(sdk, name);
                    return name;
                }, S3EventActions::told, (sdk, name, told) -> assertThat(told)
                        .extracting(QueueConfiguration::queueArn).containsExactly(arn(name))));
    }

    private static String bucketAndQueue(Sdk sdk, String name) {
        var unused = sdk.sqs().createQueue(queue -> queue.queueName(name));
        return S3BucketActions.bucket(sdk, name);
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    private static Object tell(Sdk sdk, String name) {
        return sdk.s3().putBucketNotificationConfiguration(of -> of.bucket(name)
                .notificationConfiguration(all -> all.queueConfigurations(QueueConfiguration
                        .builder().queueArn(arn(name)).events(Event.S3_OBJECT_CREATED).build())));
    }

    private static List<QueueConfiguration> told(Sdk sdk, String name) {
        return sdk.s3().getBucketNotificationConfiguration(of -> of.bucket(name))
                .queueConfigurations();
    }

    /** The test event that a queue is sent when it is configured; counts are exact here. */
    private static void assertOneMessage(Sdk sdk, String queue) {
        String url = sdk.sqs().getQueueUrl(of -> of.queueName(queue)).queueUrl();
        QueueAttributeName count = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(sdk.sqs()
                .getQueueAttributes(of -> of.queueUrl(url).attributeNames(count)).attributes())
                .containsEntry(count, "1"));
    }
}

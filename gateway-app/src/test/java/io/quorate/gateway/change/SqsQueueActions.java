package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Queues, their attributes, tags and permissions. */
final class SqsQueueActions implements ActionCases {
    private static final String STRANGER = "123456789012";
    private static final Map<String, String> TAGS = Map.of("team", "blue");

    @Override
    public String service() {
        return "SQS";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(lifecycle(), attributes(), tagsAndPermissions()).flatMap(List::stream)
                .toList();
    }

    private static List<ActionCase<?, ?>> lifecycle() {
        return List.of(
                ActionCase.of("CreateQueue", (sdk, id) -> id, SqsQueueActions::queue,
                        (sdk, name, url) -> assertThat(named(sdk, name))
                                .extracting(SqsQueueActions::nameOf)
                                .containsExactly(nameOf(url))),
                ActionCase.of("DeleteQueue", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs().deleteQueue(delete -> delete.queueUrl(url)),
                        (sdk, url, done) -> assertGone(sdk, url))
                        .orAnswers("AWS.SimpleQueueService.NonExistentQueue",
                                SqsQueueActions::assertGone),
                ActionCase.of("ListQueues", SqsQueueActions::queue,
                        (sdk, url) -> named(sdk, nameOf(url)),
                        (sdk, url, listed) -> assertThat(listed).containsExactly(url)),
                ActionCase.of("GetQueueUrl", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs().getQueueUrl(of -> of.queueName(nameOf(url))),
                        (sdk, url, found) -> assertThat(found.queueUrl()).isEqualTo(url)),
                ActionCase.of("PurgeQueue", SqsQueueActions::queueOfOne,
                        (sdk, url) -> sdk.sqs().purgeQueue(purge -> purge.queueUrl(url)),
                        (sdk, url, done) -> assertThat(SqsMessageActions.visible(sdk, url))
                                .isEqualTo("0"))
                        .orAnswers("AWS.SimpleQueueService.PurgeQueueInProgress",
                                (sdk, url) -> assertThat(SqsMessageActions.visible(sdk, url))
                                        .isEqualTo("0")));
    }

    private static List<ActionCase<?, ?>> attributes() {
        return List.of(
                ActionCase.of("GetQueueAttributes", SqsQueueActions::queueOfOne,
                        SqsMessageActions::visible,
                        (sdk, url, count) -> assertThat(count).isEqualTo("1")),
                ActionCase.of("SetQueueAttributes", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs().setQueueAttributes(set -> set.queueUrl(url)
                                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77"))),
                        (sdk, url, done) -> assertThat(
                                attribute(sdk, url, QueueAttributeName.VISIBILITY_TIMEOUT))
                                .isEqualTo("77")));
    }

    private static List<ActionCase<?, ?>> tagsAndPermissions() {
        return List.of(
                ActionCase.of("TagQueue", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs().tagQueue(tag -> tag.queueUrl(url).tags(TAGS)),
                        (sdk, url, done) -> assertThat(tags(sdk, url)).isEqualTo(TAGS)),
                ActionCase.of("UntagQueue", SqsQueueActions::taggedQueue,
                        (sdk, url) -> sdk.sqs()
                                .untagQueue(untag -> untag.queueUrl(url).tagKeys("team")),
                        (sdk, url, done) -> assertThat(tags(sdk, url)).isEmpty()),
                ActionCase.of("ListQueueTags", SqsQueueActions::taggedQueue, SqsQueueActions::tags,
                        (sdk, url, tags) -> assertThat(tags).isEqualTo(TAGS)),
                ActionCase.of("AddPermission", SqsQueueActions::queue, SqsQueueActions::permit,
                        (sdk, url, done) -> assertPermittedOnce(sdk, url)),
                ActionCase.of("RemovePermission", (sdk, id) -> {
                    String url = queue(sdk, id);
                    var unused = permit(sdk, url);
                    return url;
                }, (sdk, url) -> sdk.sqs()
                        .removePermission(remove -> remove.queueUrl(url).label("send")),
                        (sdk, url, done) -> assertThat(
                                attribute(sdk, url, QueueAttributeName.POLICY))
                                .doesNotContain("\"Sid\":\"send\"")));
    }

    static String queue(Sdk sdk, String name) {
        return sdk.sqs().createQueue(create -> create.queueName(name)).queueUrl();
    }

    private static String queueOfOne(Sdk sdk, String name) {
        String url = queue(sdk, name);
        sdk.sqs().sendMessage(send -> send.queueUrl(url).messageBody(name));
        return url;
    }

    private static String taggedQueue(Sdk sdk, String name) {
        return sdk.sqs().createQueue(create -> create.queueName(name).tags(TAGS)).queueUrl();
    }

    private static Object permit(Sdk sdk, String url) {
        return sdk.sqs().addPermission(add -> add.queueUrl(url).label("send")
                .awsAccountIds(STRANGER).actions("SendMessage"));
    }

    private static List<String> named(Sdk sdk, String name) {
        return sdk.sqs().listQueues(list -> list.queueNamePrefix(name)).queueUrls();
    }

    private static Map<String, String> tags(Sdk sdk, String url) {
        return sdk.sqs().listQueueTags(list -> list.queueUrl(url)).tags();
    }

    static String attribute(Sdk sdk, String url, QueueAttributeName name) {
        return sdk.sqs().getQueueAttributes(get -> get.queueUrl(url).attributeNames(name))
                .attributes().getOrDefault(name, "");
    }

    private static String nameOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static void assertGone(Sdk sdk, String url) {
        assertThatThrownBy(() -> sdk.sqs().getQueueUrl(of -> of.queueName(nameOf(url))))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    private static void assertPermittedOnce(Sdk sdk, String url) {
        assertThat(attribute(sdk, url, QueueAttributeName.POLICY))
                .containsOnlyOnce("\"Sid\":\"send\"");
    }
}

package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import io.quorate.sqs.SqsEndpoint.Answer;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.operation.TaskHandle;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every action with the errors that its page in the API reference lists, from one table, asked in JSON and in Query: the
 * same status, and the shape and the code that each protocol has for it. Not here: KMS errors, InvalidSecurity,
 * QueueDeletedRecently and InvalidIdFormat, which this server has no reason for.
 */
class DocumentedErrorsTest {
    private static final String NONE = SqsEndpoint.JOBS.replace("jobs", "none");
    private static final String JOBS_ARN = "arn:aws:sqs:eu-central-1:000000000000:jobs";
    private static final String RECEIPT = "{receipt}";

    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store).withQueue();

    /** One good request of every action that names a queue by its URL. */
    static Stream<Ask> aboutAQueue(String url) {
        return Stream.of(
                Ask.of("AddPermission", url).with("Label", "l").list("AWSAccountIds",
                        "111111111111").list("Actions", "SendMessage"),
                Ask.of("ChangeMessageVisibility", url).with("ReceiptHandle", RECEIPT)
                        .with("VisibilityTimeout", "5"),
                Ask.of("ChangeMessageVisibilityBatch", url).entries(List.of(Map.of("Id", "a",
                        "ReceiptHandle", RECEIPT, "VisibilityTimeout", "5"))),
                Ask.of("DeleteMessage", url).with("ReceiptHandle", RECEIPT),
                Ask.of("DeleteMessageBatch", url)
                        .entries(List.of(Map.of("Id", "a", "ReceiptHandle", RECEIPT))),
                Ask.of("DeleteQueue", url),
                Ask.of("GetQueueAttributes", url).list("AttributeNames", "All"),
                Ask.of("ListDeadLetterSourceQueues", url), Ask.of("ListQueueTags", url),
                Ask.of("PurgeQueue", url), Ask.of("ReceiveMessage", url),
                Ask.of("RemovePermission", url).with("Label", "l"),
                Ask.of("SendMessage", url).with("MessageBody", "x"),
                Ask.of("SendMessageBatch", url)
                        .entries(List.of(Map.of("Id", "a", "MessageBody", "x"))),
                Ask.of("SetQueueAttributes", url).pair("Attributes", "DelaySeconds", "1"),
                Ask.of("TagQueue", url).pair("Tags", "team", "blue"),
                Ask.of("UntagQueue", url).list("TagKeys", "team"));
    }

    /** And of those that do not. */
    static Stream<Ask> all() {
        return Stream.concat(aboutAQueue(SqsEndpoint.JOBS), Stream.of(
                Ask.of("CreateQueue").with("QueueName", "more"),
                Ask.of("GetQueueUrl").with("QueueName", "jobs"), Ask.of("ListQueues"),
                Ask.of("StartMessageMoveTask").with("SourceArn", JOBS_ARN),
                Ask.of("ListMessageMoveTasks").with("SourceArn", JOBS_ARN),
                Ask.of("CancelMessageMoveTask").with("TaskHandle", handle())));
    }

    /** Of a task that never was. */
    private static String handle() {
        return new TaskHandle(SqsEndpoint.JOBS_NAME, 1, "none").encode();
    }

    static Stream<Ask> onNoQueue() {
        return Stream.concat(aboutAQueue(NONE),
                Stream.of(Ask.of("GetQueueUrl").with("QueueName", "none")));
    }

    static Stream<Ask> atNoAddress() {
        return aboutAQueue("http://localhost:4566/jobs");
    }

    static Stream<Ask> withAnUnknownParameter() {
        return all().map(ask -> ask.with("Colour", "red"));
    }

    @ParameterizedTest
    @MethodSource("onNoQueue")
    void aQueueThatIsNotThere(Ask ask) {
        assertRefused(ask, SqsError.QUEUE_DOES_NOT_EXIST);
    }

    @ParameterizedTest
    @MethodSource("atNoAddress")
    void whatIsNoQueueUrl(Ask ask) {
        assertRefused(ask, SqsError.INVALID_ADDRESS);
    }

    @ParameterizedTest
    @MethodSource("withAnUnknownParameter")
    void aParameterThatTheActionDoesNotHave(Ask ask) {
        assertRefused(ask, SqsError.UNSUPPORTED_OPERATION);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStoreThatIsOverloaded(Ask ask) {
        Ask filled = filled(ask);
        store.fail(new KvFailure.Overloaded("x"));

        assertRefused(filled, SqsError.REQUEST_THROTTLED);
    }

    static Stream<Arguments> ownErrors() {
        String jobs = SqsEndpoint.JOBS;
        return Stream.of(
                row(Ask.of("AddPermission", jobs).with("Label", "l").list("AWSAccountIds",
                        "111111111111").list("Actions", "SendMessage", "ReceiveMessage",
                                "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes",
                                "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue"),
                        SqsError.OVER_LIMIT),
                row(Ask.of("CancelMessageMoveTask").with("TaskHandle", handle()),
                        SqsError.RESOURCE_NOT_FOUND),
                row(Ask.of("ListMessageMoveTasks").with("SourceArn", JOBS_ARN + "x"),
                        SqsError.RESOURCE_NOT_FOUND),
                row(Ask.of("StartMessageMoveTask").with("SourceArn", JOBS_ARN + "x"),
                        SqsError.RESOURCE_NOT_FOUND),
                row(Ask.of("ChangeMessageVisibility", jobs).with("ReceiptHandle", "none")
                        .with("VisibilityTimeout", "5"), SqsError.RECEIPT_HANDLE_IS_INVALID),
                row(Ask.of("DeleteMessage", jobs).with("ReceiptHandle", "none"),
                        SqsError.RECEIPT_HANDLE_IS_INVALID),
                row(Ask.of("CreateQueue").with("QueueName", "jobs").pair("Attributes",
                        "DelaySeconds", "9"), SqsError.QUEUE_NAME_EXISTS),
                row(Ask.of("CreateQueue").with("QueueName", "more").pair("Attributes", "Colour",
                        "red"), SqsError.INVALID_ATTRIBUTE_NAME),
                row(Ask.of("CreateQueue").with("QueueName", "more").pair("Attributes",
                        "DelaySeconds", "901"), SqsError.INVALID_ATTRIBUTE_VALUE),
                row(Ask.of("GetQueueAttributes", jobs).list("AttributeNames", "Colour"),
                        SqsError.INVALID_ATTRIBUTE_NAME),
                row(Ask.of("SetQueueAttributes", jobs).pair("Attributes", "Colour", "red"),
                        SqsError.INVALID_ATTRIBUTE_NAME),
                row(Ask.of("SetQueueAttributes", jobs).pair("Attributes", "DelaySeconds", "901"),
                        SqsError.INVALID_ATTRIBUTE_VALUE),
                row(Ask.of("SendMessage", jobs).with("MessageBody", "\u0001"),
                        SqsError.INVALID_MESSAGE_CONTENTS),
                row(Ask.of("SendMessageBatch", jobs).entries(IntStream.range(0, 9)
                        .mapToObj(i -> Map.of("Id", "a" + i, "MessageBody", "x".repeat(120_000)))
                        .toList()), SqsError.BATCH_REQUEST_TOO_LONG));
    }

    private static Arguments row(Ask ask, SqsError error) {
        return Arguments.of(ask.action(), ask, error);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("ownErrors")
    void anActionsOwnErrors(String action, Ask ask, SqsError error) {
        assertRefused(ask, error);
    }

    static Stream<Arguments> batches() {
        return Stream.of("SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch")
                .flatMap(action -> Stream.of(batch(action, SqsError.EMPTY_BATCH_REQUEST),
                        batch(action, SqsError.TOO_MANY_ENTRIES, "a", "b", "c", "d", "e", "f",
                                "g", "h", "i", "j", "k"),
                        batch(action, SqsError.ENTRY_IDS_NOT_DISTINCT, "a", "a"),
                        batch(action, SqsError.INVALID_BATCH_ENTRY_ID, "a b")));
    }

    private static Arguments batch(String action, SqsError error, String... ids) {
        return Arguments.of(action, error, Ask.of(action, SqsEndpoint.JOBS).entries(
                Stream.of(ids).map(id -> Map.of("Id", id)).toList()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("batches")
    void aBatchAsAWhole(String action, SqsError error, Ask ask) {
        assertRefused(ask, error);
    }

    @Test
    void aMessageThatIsNotInFlight() {
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        String receipt = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0")
                .text("ReceiptHandle");

        assertRefused(Ask.of("ChangeMessageVisibility", SqsEndpoint.JOBS)
                .with("ReceiptHandle", receipt).with("VisibilityTimeout", "5"),
                SqsError.MESSAGE_NOT_INFLIGHT);
    }

    @Test
    void aSecondPurgeWithinAMinute() {
        sqs.jobs("PurgeQueue", "");

        assertRefused(Ask.of("PurgeQueue", SqsEndpoint.JOBS), SqsError.PURGE_QUEUE_IN_PROGRESS);
    }

    @Test
    void everyActionIsInTheTable() {
        assertThat(all().map(Ask::action).toList()).doesNotHaveDuplicates().hasSize(23);
    }

    /** With a receipt of a message of the queue jobs wherever one is needed. */
    private Ask filled(Ask ask) {
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        return ask.replace(RECEIPT, sqs.jobs("ReceiveMessage", "").text("ReceiptHandle"));
    }

    private void assertRefused(Ask ask, SqsError error) {
        Ask asked = ask.mentions(RECEIPT) ? filled(ask) : ask;

        Answer json = asked.json(sqs);
        Answer form = asked.form(sqs);

        String fault = error.status() < 500 ? "Sender" : "Receiver";
        assertThat(json.text("__type")).as("JSON %s", json).isEqualTo(error.shape());
        assertThat(json.headers().getFirst("x-amzn-query-error"))
                .isEqualTo(error.queryCode() + ";" + fault);
        assertThat(form.text("Code")).as("Query %s", form).isEqualTo(error.queryCode());
        assertThat(form.text("Type")).isEqualTo(fault);
        assertThat(Collections.nCopies(2, error.status()))
                .containsExactly(json.status(), form.status());
    }
}

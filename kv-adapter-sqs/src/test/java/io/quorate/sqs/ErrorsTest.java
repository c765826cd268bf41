package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.kv.KvFailure;
import io.quorate.sqs.SqsEndpoint.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with the shape of JSON, the code of Query and the status of both. */
class ErrorsTest {
    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store).withQueue("MaximumMessageSize=1024");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"QueueName\":\"a b\"}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "{\"QueueName\":\"\"}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "{}|coral.service#MissingRequiredParameterException|MissingParameter|400",
        "{\"QueueName\":\"x.fifo\"}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"FifoQueue\":\"true\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"ContentBasedDeduplication\":\"true\"}}|sqs#InvalidAttributeName|InvalidAttributeName|400",
        "{\"QueueName\":\"x.fifo\",\"Attributes\":{\"FifoQueue\":\"true\",\"FifoThroughputLimit\":\"perMessageGroupId\"}}|sqs#InvalidAttributeValue|InvalidAttributeValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"RedrivePolicy\":\"{}\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"Policy\":\"no\"}}|sqs#InvalidAttributeValue|InvalidAttributeValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"Colour\":\"red\"}}|sqs#InvalidAttributeName|InvalidAttributeName|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"VisibilityTimeout\":\"43201\"}}|sqs#InvalidAttributeValue|InvalidAttributeValue|400",
        "{\"QueueName\":\"x\",\"Attributes\":{\"DelaySeconds\":\"soon\"}}|sqs#InvalidAttributeValue|InvalidAttributeValue|400",
        "{\"QueueName\":\"jobs\",\"Attributes\":{\"MaximumMessageSize\":\"2048\"}}|sqs#QueueNameExists|QueueAlreadyExists|400",
        "{\"QueueName\":\"x\",\"Colour\":\"red\"}|sqs#UnsupportedOperation|AWS.SimpleQueueService.UnsupportedOperation|400",
        "{\"QueueName\":7}|coral.service#SerializationException|MalformedInput|400",
        "{\"QueueName\"|coral.service#SerializationException|MalformedInput|400"})
    void createQueueRefuses(String request, String shape, String code, int status) {
        int rows = store.rowCount();

        assertError(sqs.json("CreateQueue", request), shape, code, status);
        assertThat(store.rowCount()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"X\":1|sqs#UnsupportedOperation|AWS.SimpleQueueService.UnsupportedOperation|400",
        "\"MessageBody\":\"\"|coral.service#MissingRequiredParameterException|MissingParameter|400",
        "\"MessageBody\":\"\\u0001\"|sqs#InvalidMessageContents|InvalidMessageContents|400",
        "\"MessageBody\":\"\\uffff\"|sqs#InvalidMessageContents|InvalidMessageContents|400",
        "\"MessageBody\":\"x\",\"DelaySeconds\":901|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"DelaySeconds\":-1|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageDeduplicationId\":\"d\"|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{\"DataType\":\"Text\",\"StringValue\":\"v\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageAttributes\":{\"aws.a\":{\"DataType\":\"String\",\"StringValue\":\"v\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{\"DataType\":\"String\",\"StringValue\":\"\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{\"DataType\":\"Number\",\"StringValue\":\"one\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{\"DataType\":\"Binary\",\"StringValue\":\"v\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400",
        "\"MessageBody\":\"x\",\"MessageSystemAttributes\":{\"Other\":{\"DataType\":\"String\",\"StringValue\":\"v\"}}|coral.service#InvalidParameterValueException|InvalidParameterValue|400"})
    void sendMessageRefuses(String members, String shape, String code, int status) {
        int rows = store.rowCount();

        assertError(sqs.jobs("SendMessage", members), shape, code, status);
        assertThat(store.rowCount()).isEqualTo(rows);
    }

    @Test
    void aMessageIsAsLongAsTheQueueAllowsAndNoLonger() {
        String type = "String";
        int attribute = "name".length() + type.length() + "value".length();

        assertThat(sendSized(1_024 - attribute).status()).isEqualTo(200);
        Answer longer = sendSized(1_025 - attribute);

        assertError(longer, "coral.service#InvalidParameterValueException",
                "InvalidParameterValue", 400);
        assertThat(longer.text("message")).isEqualTo("One or more parameters are invalid. Reason: "
                + "Message must be shorter than 1024 bytes.");
    }

    private Answer sendSized(int bytes) {
        return sqs.jobs("SendMessage", "\"MessageBody\":\"" + "x".repeat(bytes)
                + "\",\"MessageAttributes\":{\"name\":{\"DataType\":\"String\","
                + "\"StringValue\":\"value\"}}");
    }

    @Test
    void anEleventhAttributeIsRefused() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            attributes.append(i == 0 ? "" : ",").append("\"a").append(i)
                    .append("\":{\"DataType\":\"String\",\"StringValue\":\"v\"}");
        }

        assertError(sqs.jobs("SendMessage",
                "\"MessageBody\":\"x\",\"MessageAttributes\":{" + attributes + "}"),
                "coral.service#InvalidParameterValueException", "InvalidParameterValue", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"MaxNumberOfMessages\":0", "\"MaxNumberOfMessages\":11",
        "\"VisibilityTimeout\":-1", "\"VisibilityTimeout\":43201", "\"WaitTimeSeconds\":21",
        "\"WaitTimeSeconds\":-1", "\"ReceiveRequestAttemptId\":\"a\""})
    void receiveMessageRefusesValuesOutOfRange(String members) {
        assertError(sqs.jobs("ReceiveMessage", members),
                "coral.service#InvalidParameterValueException", "InvalidParameterValue", 400);
    }

    @Test
    void receiveMessageRefusesUnknownAttributes() {
        assertError(sqs.jobs("ReceiveMessage", "\"AttributeNames\":[\"Colour\"]"),
                "sqs#InvalidAttributeName", "InvalidAttributeName", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "not base64!", "AAAA"})
    void garbageIsNoReceipt(String handle) {
        assertError(sqs.jobs("DeleteMessage", "\"ReceiptHandle\":\"" + handle + "\""),
                "sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404);
    }

    @Test
    void aReceiptOfAnotherQueueIsInvalid() {
        sqs.json("CreateQueue", "{\"QueueName\":\"other\"}");
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        String receipt = sqs.jobs("ReceiveMessage", "").text("ReceiptHandle");

        assertError(sqs.json("DeleteMessage", "{\"QueueUrl\":\"" + SqsEndpoint.JOBS.replace(
                "jobs", "other") + "\",\"ReceiptHandle\":\"" + receipt + "\"}"),
                "sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404);
    }

    @ParameterizedTest
    @CsvSource({"SendMessage,'\"MessageBody\":\"x\"'", "ReceiveMessage,'\"WaitTimeSeconds\":20'",
        "DeleteMessage,'\"ReceiptHandle\":\"%s\"'"})
    void aQueueThatIsNotThereIsSaidNotToExist(String action, String members) {
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        String receipt = sqs.jobs("ReceiveMessage", "").text("ReceiptHandle");

        assertError(
                sqs.json(action,
                        "{\"QueueUrl\":\"http://localhost:4566/000000000000/none\","
                                + members.formatted(receipt) + "}"),
                "sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs", "http://localhost:4566/jobs", "ftp://x/000000000000/jobs",
        "http://localhost:4566/000000000000/jobs/more"})
    void whatIsNoQueueUrlIsAnInvalidAddress(String url) {
        assertError(sqs.json("ReceiveMessage", "{\"QueueUrl\":\"" + url + "\"}"),
                "sqs#InvalidAddress", "InvalidAddress", 404);
    }

    @Test
    void aQueueOfAnotherAccountIsDenied() {
        assertError(
                sqs.json("ReceiveMessage",
                        "{\"QueueUrl\":\"http://localhost:4566/111111111111/jobs\"}"),
                "coral.service#AccessDeniedException", "AccessDenied", 403);
    }

    @Test
    void aCallerWithoutPermissionIsDenied() {
        sqs.as(new Identity("guest", "000000000000", "", "guest",
                new Permissions.Allowed(List.of())));

        assertError(sqs.jobs("SendMessage", "\"MessageBody\":\"x\""),
                "coral.service#AccessDeniedException", "AccessDenied", 403);
    }

    @Test
    void anUnknownActionIsInvalid() {
        assertError(sqs.jobs("MakeCoffee", ""), "coral.service#UnknownOperationException",
                "InvalidAction", 400);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failuresOfTheStoreAreAnsweredInSqssWords(KvFailure failure, String shape, String code,
            int status) {
        store.fail(failure);

        assertError(sqs.jobs("SendMessage", "\"MessageBody\":\"x\""), shape, code, status);
    }

    static Stream<Object[]> failures() {
        String unavailable = "coral.service#ServiceUnavailableException";
        return Stream.of(
                new Object[]{new KvFailure.NoLeader(), unavailable, "ServiceUnavailable", 503},
                new Object[]{new KvFailure.LeadershipTransferInProgress(), unavailable,
                    "ServiceUnavailable", 503},
                new Object[]{new KvFailure.DeadlineExceeded(), unavailable, "ServiceUnavailable",
                    503},
                new Object[]{new KvFailure.DiskFull(), unavailable, "ServiceUnavailable", 503},
                new Object[]{new KvFailure.Poisoned("x"), unavailable, "ServiceUnavailable", 503},
                new Object[]{new KvFailure.Overloaded("x"), "sqs#RequestThrottled",
                    "RequestThrottled", 403},
                new Object[]{new KvFailure.OutcomeUnknown(), "coral.service#InternalFailure",
                    "InternalFailure", 500});
    }

    @Test
    void anUnknownOutcomeNamesTheRequest() {
        store.fail(new KvFailure.OutcomeUnknown());

        Answer answer = sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");

        assertThat(answer.text("message"))
                .contains("unknown", answer.headers().getFirst("x-amzn-RequestId"));
    }

    private static void assertError(Answer answer, String shape, String code, int status) {
        String fault = status < 500 ? "Sender" : "Receiver";
        assertThat(answer.text("__type")).isEqualTo("com.amazon" + (shape.startsWith("sqs")
                ? "aws."
                : ".") + shape);
        assertThat(answer.headers().getFirst("x-amzn-query-error")).isEqualTo(code + ";" + fault);
        assertThat(answer.status()).isEqualTo(status);
    }
}

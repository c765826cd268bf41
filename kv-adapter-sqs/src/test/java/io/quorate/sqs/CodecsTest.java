package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sqs.SqsEndpoint.Answer;
import org.junit.jupiter.api.Test;

/** The Query protocol asks for and answers the same as the JSON protocol. */
class CodecsTest {
    private static final String QUEUE = "/000000000000/jobs";
    private static final String START = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%sResponse "
            + "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">";

    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store);

    @Test
    void createQueueAnswersTheQueuesUrl() {
        Answer json = sqs.json("CreateQueue", "{\"QueueName\":\"jobs\"}");
        Answer xml = sqs.form("/", "Action", "CreateQueue", "QueueName", "jobs");

        assertThat(json.body()).isEqualTo("{\"QueueUrl\":\"" + SqsEndpoint.JOBS + "\"}");
        assertThat(json.headers().getFirst("Content-Type"))
                .isEqualTo("application/x-amz-json-1.0");
        assertThat(xml.body()).startsWith(START.formatted("CreateQueue")
                + "<CreateQueueResult><QueueUrl>" + SqsEndpoint.JOBS
                + "</QueueUrl></CreateQueueResult><ResponseMetadata><RequestId>")
                .endsWith("</RequestId></ResponseMetadata></CreateQueueResponse>");
        assertThat(xml.headers().getFirst("Content-Type")).isEqualTo("text/xml");
    }

    @Test
    void attributesAndTagsMeanTheSameInBothProtocols() {
        sqs.form("/", "Action", "CreateQueue", "QueueName", "jobs", "Attribute.1.Name",
                "VisibilityTimeout", "Attribute.1.Value", "7", "Attribute.2.Name",
                "DelaySeconds", "Attribute.2.Value", "3", "Tag.1.Key", "team", "Tag.1.Value",
                "blue");

        assertThat(sqs.json("CreateQueue", "{\"QueueName\":\"jobs\",\"Attributes\":{"
                + "\"VisibilityTimeout\":\"7\",\"DelaySeconds\":\"3\"},"
                + "\"tags\":{\"team\":\"blue\"}}").status()).isEqualTo(200);
        assertThat(sqs.json("CreateQueue",
                "{\"QueueName\":\"jobs\",\"Attributes\":{\"VisibilityTimeout\":\"8\"}}")
                .text("message"))
                .isEqualTo("A queue already exists with the same name and a different value for "
                        + "attribute VisibilityTimeout");
    }

    @Test
    void sendMessageAnswersTheSameDigestsInBothProtocols() {
        sqs.withQueue();
        Answer json = sqs.jobs("SendMessage", "\"MessageBody\":\"x\",\"MessageAttributes\":{"
                + "\"n\":{\"DataType\":\"Number\",\"StringValue\":\"1.5\"},"
                + "\"b\":{\"DataType\":\"Binary\",\"BinaryValue\":\"AP8B\"}},"
                + "\"MessageSystemAttributes\":{\"AWSTraceHeader\":"
                + "{\"DataType\":\"String\",\"StringValue\":\"Root=1\"}}");
        Answer xml = sqs.form(QUEUE, "Action", "SendMessage", "MessageBody", "x",
                "MessageAttribute.1.Name", "n", "MessageAttribute.1.Value.DataType", "Number",
                "MessageAttribute.1.Value.StringValue", "1.5", "MessageAttribute.2.Name", "b",
                "MessageAttribute.2.Value.DataType", "Binary",
                "MessageAttribute.2.Value.BinaryValue", "AP8B",
                "MessageSystemAttribute.1.Name", "AWSTraceHeader",
                "MessageSystemAttribute.1.Value.DataType", "String",
                "MessageSystemAttribute.1.Value.StringValue", "Root=1");

        assertThat(json.status()).isEqualTo(200);
        for (String digest : new String[]{"MD5OfMessageBody", "MD5OfMessageAttributes",
            "MD5OfMessageSystemAttributes"}) {
            assertThat(xml.text(digest)).as(digest).isEqualTo(json.text(digest));
        }
        assertThat(xml.body()).startsWith(START.formatted("SendMessage") + "<SendMessageResult>");
    }

    @Test
    void receiveMessageShowsTheSameInBothProtocols() {
        sqs.withQueue();
        sqs.jobs("SendMessage", "\"MessageBody\":\"a<b>\\r\\n\",\"MessageAttributes\":{"
                + "\"n\":{\"DataType\":\"Number\",\"StringValue\":\"1.5\"},"
                + "\"b\":{\"DataType\":\"Binary\",\"BinaryValue\":\"AP8B\"}}");

        Answer json = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0,"
                + "\"MessageAttributeNames\":[\"All\"],\"AttributeNames\":[\"SentTimestamp\"]");
        Answer xml = sqs.form("/", "Action", "ReceiveMessage", "QueueUrl", SqsEndpoint.JOBS,
                "VisibilityTimeout", "0", "MessageAttributeName.1", "All", "AttributeName.1",
                "SentTimestamp");

        assertThat(json.body()).contains("\"Body\":\"a<b>\\r\\n\"",
                "\"Attributes\":{\"SentTimestamp\":\"" + QueueStore.START_MILLIS + "\"}",
                "\"n\":{\"StringValue\":\"1.5\",\"DataType\":\"Number\"}",
                "\"b\":{\"BinaryValue\":\"AP8B\",\"DataType\":\"Binary\"}");
        assertThat(xml.body()).contains("<Body>a&lt;b&gt;&#13;&#10;</Body>",
                "<Attribute><Name>SentTimestamp</Name><Value>" + QueueStore.START_MILLIS
                        + "</Value></Attribute>",
                "<MessageAttribute><Name>n</Name><Value><StringValue>1.5</StringValue>"
                        + "<DataType>Number</DataType></Value></MessageAttribute>",
                "<MessageAttribute><Name>b</Name><Value><BinaryValue>AP8B</BinaryValue>"
                        + "<DataType>Binary</DataType></Value></MessageAttribute>");
        assertThat(xml.text("MD5OfMessageAttributes"))
                .isEqualTo(json.text("MD5OfMessageAttributes"));
    }

    @Test
    void anEmptyReceiveAndADeleteAreAnsweredInXml() {
        sqs.withQueue();
        Answer empty = sqs.form(QUEUE, "Action", "ReceiveMessage");
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        String receipt = sqs.form(QUEUE, "Action", "ReceiveMessage").text("ReceiptHandle");

        Answer deleted = sqs.form(QUEUE, "Action", "DeleteMessage", "ReceiptHandle", receipt);

        assertThat(empty.body()).contains(
                "<ReceiveMessageResult></ReceiveMessageResult><ResponseMetadata>");
        assertThat(deleted.body())
                .startsWith(START.formatted("DeleteMessage") + "<ResponseMetadata><RequestId>");
        assertThat(store.waiting()).isZero();
    }

    @Test
    void errorsOfTheQueryProtocolCarryTheCodeInXml() {
        Answer answer = sqs.form(QUEUE, "Action", "ReceiveMessage");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("Type")).isEqualTo("Sender");
        assertThat(answer.text("Code")).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(answer.body()).startsWith("<?xml").contains("<ErrorResponse");
    }

    @Test
    void anUnknownParameterIsRefusedNotIgnored() {
        sqs.withQueue();
        int rows = store.rowCount();

        Answer answer = sqs.form(QUEUE, "Action", "SendMessage", "MessageBody", "x", "Colour",
                "red");

        assertThat(answer.text("Code")).isEqualTo("AWS.SimpleQueueService.UnsupportedOperation");
        assertThat(store.rowCount()).isEqualTo(rows);
    }

    @Test
    void theListValuesThatSqsReservesMayBeEmpty() {
        sqs.withQueue();

        assertThat(sqs.jobs("SendMessage", "\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{"
                + "\"DataType\":\"String\",\"StringValue\":\"v\",\"StringListValues\":[],"
                + "\"BinaryListValues\":[]}}").status()).isEqualTo(200);
    }
}

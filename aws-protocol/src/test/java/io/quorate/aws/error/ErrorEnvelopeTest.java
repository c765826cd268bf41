package io.quorate.aws.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorEnvelopeTest {
    private static final RequestId ID = new RequestId("0123456789ABCDEF", "host==");

    @Test
    void s3ErrorsAreXmlWithResourceAndIds() {
        AwsError error = new AwsError("NoSuchKey", 404, "The key <a> does not exist.")
                .with("Key", "a&b");

        assertThat(render(ErrorEnvelope.S3_XML, error)).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>NoSuchKey</Code><Message>The key &lt;a&gt; does not exist.</Message>\
                <Key>a&amp;b</Key><Resource>/bucket/a%26b</Resource>\
                <RequestId>0123456789ABCDEF</RequestId><HostId>host==</HostId></Error>""");
    }

    @Test
    void queryErrorsNameTheFaultAndTheQueryCode() {
        AwsError error = new AwsError("com.amazonaws.sqs#QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue", 400, "No such queue.");

        assertThat(render(ErrorEnvelope.SQS_QUERY, error)).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error>\
                <Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>\
                <Message>No such queue.</Message><Detail/></Error>\
                <RequestId>0123456789ABCDEF</RequestId></ErrorResponse>""");
    }

    @Test
    void serverFaultsAreTheReceivers() {
        assertThat(render(ErrorEnvelope.SQS_QUERY, CommonErrors.internal(AwsService.SQS)))
                .contains("<Type>Receiver</Type><Code>InternalFailure</Code>");
    }

    @Test
    void jsonErrorsCarryTheShapeAndDetails() {
        AwsError error = new AwsError("com.amazonaws.sqs#QueueDoesNotExist", 400, "a \"b\"\n")
                .with("Extra", "x");

        assertThat(render(ErrorEnvelope.SQS_JSON, error)).isEqualTo(
                "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"a \\\"b\\\"\\n\","
                        + "\"Extra\":\"x\"}");
        assertThat(JsonError.queryErrorHeader("AWS.SimpleQueueService.NonExistentQueue", true))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void envelopeIsTheOneThatTheClientReads() {
        AwsRequestHead plain = head();
        AwsRequestHead json = head("X-Amz-Target", "AmazonSQS.SendMessage");

        assertThat(ErrorEnvelope.of(AwsService.S3, plain)).isEqualTo(ErrorEnvelope.S3_XML);
        assertThat(ErrorEnvelope.of(AwsService.SQS, plain)).isEqualTo(ErrorEnvelope.SQS_QUERY);
        assertThat(ErrorEnvelope.of(AwsService.SQS, json)).isEqualTo(ErrorEnvelope.SQS_JSON);
        assertThat(ErrorEnvelope.of(AwsService.DYNAMODB, plain))
                .isEqualTo(ErrorEnvelope.DYNAMODB_JSON);
    }

    private static String render(ErrorEnvelope envelope, AwsError error) {
        return new String(envelope.render(error, ID, "/bucket/a%26b"), StandardCharsets.UTF_8);
    }

    private static AwsRequestHead head(String... headers) {
        return new AwsRequestHead("POST", "/", "", AwsHeaders.of(headers));
    }
}

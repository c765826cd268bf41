package io.quorate.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import org.junit.jupiter.api.Test;

class ServiceDetectorTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private final ServiceDetector detector = new ServiceDetector();

    @Test
    void targetTellsTheJsonProtocolsApart() {
        assertThat(detect("", "X-Amz-Target", "AmazonSQS.SendMessage")).isEqualTo(AwsService.SQS);
        assertThat(detect("", "X-Amz-Target", "DynamoDB_20120810.GetItem"))
                .isEqualTo(AwsService.DYNAMODB);
        assertThat(detect("", "X-Amz-Target", "DynamoDBStreams_20120810.GetRecords"))
                .isEqualTo(AwsService.DYNAMODB);
    }

    @Test
    void scopeInTheHeaderDecides() {
        assertThat(detect("", "Authorization", authorization("sqs"), "Content-Type", FORM))
                .isEqualTo(AwsService.SQS);
        assertThat(detect("", "Authorization", authorization("dynamodb")))
                .isEqualTo(AwsService.DYNAMODB);
        assertThat(detect("", "Authorization", authorization("s3"))).isEqualTo(AwsService.S3);
    }

    @Test
    void scopeInThePresignedQueryDecides() {
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + "AKID%2F20260301%2Fus-east-1%2Fsqs%2Faws4_request&X-Amz-Date=x";

        assertThat(detect(query)).isEqualTo(AwsService.SQS);
        assertThat(detect(query.replace("%2Fsqs%2F", "%2fs3%2f"))).isEqualTo(AwsService.S3);
    }

    @Test
    void objectMayBeReadWithAParameterCalledAction() {
        assertThat(detect("Action=x", "Authorization", authorization("s3")))
                .isEqualTo(AwsService.S3);
    }

    @Test
    void unsignedQueryProtocolIsKnownByItsMarks() {
        assertThat(detect("Version=2012-11-05&Action=ListQueues")).isEqualTo(AwsService.SQS);
        assertThat(detect("", "Content-Type", FORM)).isEqualTo(AwsService.SQS);
        assertThat(detect("ReAction=1")).isEqualTo(AwsService.S3);
        assertThat(detect("", "Content-Type", "multipart/form-data")).isEqualTo(AwsService.S3);
    }

    @Test
    void everythingElseIsS3() {
        assertThat(detect("")).isEqualTo(AwsService.S3);
        assertThat(detect("", "Authorization", "garbage")).isEqualTo(AwsService.S3);
        assertThat(detect("", "Authorization", "AWS4-HMAC-SHA256 Credential=/")).isEqualTo(
                AwsService.S3);
        assertThat(detect("", "Authorization", authorization("kms"))).isEqualTo(AwsService.S3);
        assertThat(detect("", "X-Amz-Target", "TrentService.Encrypt")).isEqualTo(AwsService.S3);
    }

    private static String authorization(String service) {
        return "AWS4-HMAC-SHA256 Credential=AK/ID/20260301/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
    }

    private AwsService detect(String query, String... headers) {
        return detector.detect(new AwsRequestHead("POST", "/", query, AwsHeaders.of(headers)));
    }
}

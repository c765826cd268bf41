package io.quorate.aws.error;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;

/** The four shapes in which errors reach clients. */
public enum ErrorEnvelope {
    S3_XML("application/xml"), SQS_QUERY("text/xml"), SQS_JSON(
            "application/x-amz-json-1.0"), DYNAMODB_JSON("application/x-amz-json-1.0");

    private final String contentType;

    ErrorEnvelope(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The envelope that the sender of this head reads. */
    public static ErrorEnvelope of(AwsService service, AwsRequestHead head) {
        return switch (service) {
            case S3 -> S3_XML;
            case DYNAMODB -> DYNAMODB_JSON;
            case SQS -> head.header("x-amz-target") != null ? SQS_JSON : SQS_QUERY;
        };
    }

    /**
     * The error's body.
     *
     * @param resource what was asked for; S3 alone shows it
     */
    public byte[] render(AwsError error, RequestId requestId, String resource) {
        return switch (this) {
            case S3_XML -> S3ErrorXml.render(error, requestId, resource);
            case SQS_QUERY -> QueryErrorXml.render(error, requestId);
            case SQS_JSON, DYNAMODB_JSON -> JsonError.render(error);
        };
    }
}

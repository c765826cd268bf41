package io.quorate.aws.error;

import io.quorate.aws.json.AwsJson;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/** The error document of the AWS JSON protocols. */
public final class JsonError {
    private JsonError() {}

    /** {@code __type}, {@code message} and the details as strings. */
    public static byte[] render(AwsError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = AwsJson.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("__type", error.code());
            json.writeStringProperty("message", error.message());
            error.details().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /**
     * The value of {@code x-amzn-query-error}, which tells clients of SQS's JSON protocol the code
     * that the Query protocol has for the same error.
     */
    public static String queryErrorHeader(String queryCode, boolean senderFault) {
        return queryCode + (senderFault ? ";Sender" : ";Receiver");
    }
}

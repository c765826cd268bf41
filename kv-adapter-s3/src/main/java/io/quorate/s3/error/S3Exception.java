package io.quorate.s3.error;

import io.quorate.aws.error.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refused request, as the client shall read it. Has no stack trace: it is an expected failure. */
public final class S3Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final S3Error error;
    private final String text;
    private final transient Map<String, String> details;
    private final transient Map<String, String> headers;

    private S3Exception(S3Error error, String text, Map<String, String> details,
            Map<String, String> headers) {
        super(text, null, false, false);
        this.headers = headers;
        this.error = error;
        this.text = text;
        this.details = details;
    }

    /** The error with S3's own message. */
    public S3Exception(S3Error error) {
        this(error, error.text(), Map.of(), Map.of());
    }

    /** The error with another message. */
    public S3Exception(S3Error error, String text) {
        this(error, text, Map.of(), Map.of());
    }

    /** Something S3 has and this server has not; named, so that its user need not guess. */
    public static S3Exception notImplemented(String what) {
        return new S3Exception(S3Error.NOT_IMPLEMENTED).with("Header", what);
    }

    /** An argument's value is not one S3 takes. */
    public static S3Exception invalidArgument(String text, String name, String value) {
        return new S3Exception(S3Error.INVALID_ARGUMENT, text).with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    /** The same with one more element in the error document. */
    public S3Exception with(String element, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(element, value);
        return new S3Exception(error, text, more, headers);
    }

    /** The same with one more header of the answer. */
    public S3Exception withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new S3Exception(error, text, details, more);
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Which error it is. */
    public S3Error error() {
        return error;
    }

    /** What the client is told. */
    public String text() {
        return text;
    }

    /** As aws-protocol renders it. */
    public AwsError toAwsError() {
        AwsError rendered = new AwsError(error.code(), error.status(), text);
        for (Map.Entry<String, String> detail : details.entrySet()) {
            rendered = rendered.with(detail.getKey(), detail.getValue());
        }
        return rendered;
    }
}

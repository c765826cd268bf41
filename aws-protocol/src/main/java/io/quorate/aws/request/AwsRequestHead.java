package io.quorate.aws.request;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it was sent: nothing is decoded, because the signature covers the bytes.
 *
 * @param method the HTTP method in upper case
 * @param rawPath the path as sent, percent-encoded, "/" at least
 * @param rawQuery the query as sent without "?", "" if there is none
 * @param headers a view of the headers
 */
public record AwsRequestHead(String method, String rawPath, String rawQuery, AwsHeaders headers) {
    public AwsRequestHead {
        if (rawPath.isEmpty()) {
            rawPath = "/";
        }
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /** Whether the body is an HTML form, which in this server only SQS's Query protocol sends. */
    public boolean isForm() {
        String type = headers.first("content-type");
        return type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    private static final String FORM = "application/x-www-form-urlencoded";
}

package io.quorate.aws.service;

import io.quorate.aws.request.AwsRequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the head alone which service a request means. In this order: the JSON protocols'
 * {@code X-Amz-Target}; the service in the credential scope (header, or presigned query); for a
 * request that is not signed, the marks of SQS's Query protocol (a form body, or {@code Action} in
 * the query); else S3. A signed request is never taken for another service than the one it was
 * signed for, so an S3 object may be read with a parameter called Action. Stateless.
 */
public final class ServiceDetector {
    private static final String SQS_TARGET = "AmazonSQS.";
    private static final String DYNAMODB_TARGET = "DynamoDB";
    private static final String CREDENTIAL = "Credential=";
    private static final String QUERY_CREDENTIAL = "X-Amz-Credential=";

    /** The service the request means. */
    public AwsService detect(AwsRequestHead head) {
        String target = head.headers().first("x-amz-target");
        if (target != null && target.startsWith(SQS_TARGET)) {
            return AwsService.SQS;
        }
        // DynamoDB_20120810. and DynamoDBStreams_20120810.
        if (target != null && target.startsWith(DYNAMODB_TARGET)) {
            return AwsService.DYNAMODB;
        }
        String scoped = scopeService(head);
        if (scoped != null) {
            return byScope(scoped);
        }
        boolean query = head.isForm() || hasParameter(head.rawQuery(), "Action=");
        return query ? AwsService.SQS : AwsService.S3;
    }

    private static AwsService byScope(String name) {
        for (AwsService service : AwsService.values()) {
            if (service.signingName().equals(name)) {
                return service;
            }
        }
        // An unknown service is refused by S3's signature check, in S3's words.
        return AwsService.S3;
    }

    private static @Nullable String scopeService(AwsRequestHead head) {
        String authorization = head.headers().first("authorization");
        if (authorization != null) {
            return serviceOf(valueAfter(authorization, authorization.indexOf(CREDENTIAL),
                    CREDENTIAL, ','));
        }
        String query = head.rawQuery();
        String raw = valueAfter(query, parameterAt(query, QUERY_CREDENTIAL), QUERY_CREDENTIAL, '&');
        return raw == null ? null : serviceOf(raw.replace("%2F", "/").replace("%2f", "/"));
    }

    private static @Nullable String valueAfter(String text, int at, String name, char stop) {
        if (at < 0) {
            return null;
        }
        int from = at + name.length();
        int end = text.indexOf(stop, from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** The service in {@code key/date/region/service/aws4_request}; the key may hold slashes. */
    private static @Nullable String serviceOf(@Nullable String credential) {
        if (credential == null) {
            return null;
        }
        int last = credential.lastIndexOf('/');
        int before = last <= 0 ? -1 : credential.lastIndexOf('/', last - 1);
        return before < 0 ? null : credential.substring(before + 1, last);
    }

    private static boolean hasParameter(String query, String nameEquals) {
        return parameterAt(query, nameEquals) >= 0;
    }

    private static int parameterAt(String query, String nameEquals) {
        if (query.startsWith(nameEquals)) {
            return 0;
        }
        int at = query.indexOf("&" + nameEquals);
        return at < 0 ? -1 : at + 1;
    }
}

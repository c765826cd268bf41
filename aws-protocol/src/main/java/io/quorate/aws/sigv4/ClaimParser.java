package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.request.QueryParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the claim of a signed request from its Authorization header or its presigned query. */
final class ClaimParser {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    /** AWS's longest lifetime of a presigned request: seven days. */
    static final int MAX_EXPIRES_SECONDS = 604_800;
    private static final int MAX_SIGNED_HEADERS = 128;

    private ClaimParser() {}

    /** The claim, or null if the request is not signed. */
    static @Nullable Claim parse(AwsRequestHead head) throws RefusedException {
        String authorization = head.header("authorization");
        boolean presigned = hasPresignedMark(head.rawQuery());
        if (authorization == null) {
            return presigned ? fromQuery(head) : null;
        }
        if (presigned) {
            throw new RefusedException(AuthFailure.SEVERAL_AUTHENTICATIONS,
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or"
                            + " the Authorization header should be specified");
        }
        return fromHeader(head, authorization);
    }

    private static boolean hasPresignedMark(String query) {
        return !query.isEmpty() && (hasParameter(query, QUERY_ALGORITHM)
                || hasParameter(query, "X-Amz-Signature") || hasParameter(query, "AWSAccessKeyId"));
    }

    private static boolean hasParameter(String query, String name) {
        int at = query.indexOf(name);
        while (at >= 0) {
            int end = at + name.length();
            boolean begins = at == 0 || query.charAt(at - 1) == '&';
            if (begins && (end == query.length() || query.charAt(end) == '='
                    || query.charAt(end) == '&')) {
                return true;
            }
            at = query.indexOf(name, end);
        }
        return false;
    }

    private static Claim fromHeader(AwsRequestHead head, String authorization)
            throws RefusedException {
        int space = authorization.indexOf(' ');
        String algorithm = space < 0 ? authorization : authorization.substring(0, space);
        if (!algorithm.equals(ALGORITHM)) {
            throw unsupported();
        }
        String credential = null;
        String signedHeaders = null;
        String signature = null;
        for (String part : authorization.substring(Math.max(space, 0)).split(",", 8)) {
            String field = part.trim();
            if (field.startsWith("Credential=")) {
                credential = field.substring("Credential=".length());
            } else if (field.startsWith("SignedHeaders=")) {
                signedHeaders = field.substring("SignedHeaders=".length());
            } else if (field.startsWith("Signature=")) {
                signature = field.substring("Signature=".length());
            }
        }
        if (credential == null || signedHeaders == null || signature == null) {
            throw new RefusedException(AuthFailure.INCOMPLETE_SIGNATURE,
                    "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'"
                            + " parameters.");
        }
        return new Claim(scope(credential, AuthFailure.MALFORMED_AUTHORIZATION),
                headerNames(signedHeaders), signature, headerDate(head),
                head.header("x-amz-security-token"), Claim.NOT_PRESIGNED);
    }

    private static Timestamp headerDate(AwsRequestHead head) throws RefusedException {
        String amzDate = head.header("x-amz-date");
        String httpDate = amzDate == null ? head.header("date") : null;
        Timestamp timestamp = amzDate != null
                ? Timestamp.parseBasic(amzDate)
                : httpDate != null ? Timestamp.parseHttpDate(httpDate) : null;
        if (timestamp == null) {
            throw new RefusedException(AuthFailure.DATE_INVALID,
                    "AWS authentication requires a valid Date or x-amz-date header");
        }
        return timestamp;
    }

    private static Claim fromQuery(AwsRequestHead head) throws RefusedException {
        QueryParameters query = parameters(head);
        if (query.first(QUERY_ALGORITHM) == null && query.contains("AWSAccessKeyId")) {
            throw unsupported();
        }
        if (!ALGORITHM.equals(query.first(QUERY_ALGORITHM))) {
            throw new RefusedException(AuthFailure.MALFORMED_PRESIGNED_QUERY,
                    "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        Timestamp timestamp = Timestamp.parseBasic(required(query, "X-Amz-Date"));
        if (timestamp == null) {
            throw new RefusedException(AuthFailure.MALFORMED_PRESIGNED_QUERY,
                    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        return new Claim(
                scope(required(query, "X-Amz-Credential"), AuthFailure.MALFORMED_PRESIGNED_QUERY),
                headerNames(required(query, "X-Amz-SignedHeaders")),
                required(query, "X-Amz-Signature"), timestamp, query.first("X-Amz-Security-Token"),
                expires(required(query, "X-Amz-Expires")));
    }

    private static QueryParameters parameters(AwsRequestHead head) throws RefusedException {
        try {
            return QueryParameters.parse(head.rawQuery());
        } catch (MalformedRequestException e) {
            throw new RefusedException(AuthFailure.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()));
        }
    }

    private static String required(QueryParameters query, String name) throws RefusedException {
        String value = query.first(name);
        if (value == null || value.isEmpty()) {
            throw new RefusedException(AuthFailure.MALFORMED_PRESIGNED_QUERY,
                    "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                            + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date,"
                            + " X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }
        return value;
    }

    private static int expires(String text) throws RefusedException {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RefusedException(AuthFailure.MALFORMED_PRESIGNED_QUERY,
                    "X-Amz-Expires should be a number");
        }
        if (text.length() > 7 || Integer.parseInt(text) > MAX_EXPIRES_SECONDS) {
            throw new RefusedException(AuthFailure.MALFORMED_PRESIGNED_QUERY,
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given"
                            + " X-Amz-Expires must be less than 604800 seconds");
        }
        return Integer.parseInt(text);
    }

    /** Reads {@code key/date/region/service/aws4_request} from the right: a key may hold slashes. */
    static SigningKeys.Scope scope(String credential, AuthFailure malformed)
            throws RefusedException {
        int terminator = credential.lastIndexOf('/');
        int service = credential.lastIndexOf('/', terminator - 1);
        int region = credential.lastIndexOf('/', service - 1);
        int date = credential.lastIndexOf('/', region - 1);
        if (date <= 0) {
            throw new RefusedException(malformed, "the Credential is mal-formed; expecting"
                    + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        if (!credential.substring(terminator + 1).equals(SigningKey.TERMINATOR)) {
            throw new RefusedException(AuthFailure.CREDENTIAL_SCOPE_INVALID,
                    "the Credential should be scoped with a valid terminator: 'aws4_request'.");
        }
        return new SigningKeys.Scope(credential.substring(0, date),
                credential.substring(date + 1, region), credential.substring(region + 1, service),
                credential.substring(service + 1, terminator));
    }

    /** The claim of a form upload, whose policy says itself how long it may be used. */
    static Claim parse(PostPolicy post) throws RefusedException {
        if (!post.algorithm().equals(ALGORITHM)) {
            throw unsupported();
        }
        Timestamp timestamp = Timestamp.parseBasic(post.date());
        if (timestamp == null) {
            throw new RefusedException(AuthFailure.DATE_INVALID,
                    "x-amz-date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        return new Claim(scope(post.credential(), AuthFailure.MALFORMED_AUTHORIZATION), List.of(),
                post.signature(), timestamp, post.token(), MAX_EXPIRES_SECONDS);
    }

    private static List<String> headerNames(String signedHeaders) throws RefusedException {
        String[] names = signedHeaders.split(";", MAX_SIGNED_HEADERS + 1);
        if (names.length > MAX_SIGNED_HEADERS) {
            throw new RefusedException(AuthFailure.MALFORMED_AUTHORIZATION,
                    "more than " + MAX_SIGNED_HEADERS + " signed headers");
        }
        return List.of(names);
    }

    static RefusedException unsupported() {
        return new RefusedException(AuthFailure.UNSUPPORTED_ALGORITHM,
                "The authorization mechanism you have provided is not supported. Please use"
                        + " AWS4-HMAC-SHA256.");
    }
}

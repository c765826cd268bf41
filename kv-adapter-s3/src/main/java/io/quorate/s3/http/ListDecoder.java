package io.quorate.s3.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.operation.ListBucketsRequest;
import io.quorate.s3.operation.ListObjectsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads ListBuckets, ListObjects and ListObjectsV2. Pure functions. */
final class ListDecoder {
    private static final String ENCODING_TYPE = "encoding-type";
    private static final String URL = "url";
    private static final String TOKEN = "continuation-token";
    private static final String MAX_KEYS = "max-keys";
    private static final String MAX_BUCKETS = "max-buckets";
    /** What a token begins with, so that a foreign one is refused. */
    private static final String TOKEN_MARK = "1:";

    private ListDecoder() {}

    static ListObjectsRequest objects(String bucket, QueryParameters query) {
        String marker = or(query.first("marker"), "");
        return objects(bucket, query, marker);
    }

    static ListObjectsRequest objectsV2(String bucket, QueryParameters query) {
        if (!"2".equals(query.first("list-type"))) {
            throw S3Exception.invalidArgument("Invalid List Type specified in Request",
                    "list-type", or(query.first("list-type"), ""));
        }
        String token = query.first(TOKEN);
        return objects(bucket, query,
                token == null ? or(query.first("start-after"), "") : after(token));
    }

    private static ListObjectsRequest objects(String bucket, QueryParameters query, String after) {
        String encoding = query.first(ENCODING_TYPE);
        if (encoding != null && !encoding.equals(URL)) {
            throw S3Exception.invalidArgument("Invalid Encoding Method specified in Request",
                    ENCODING_TYPE, encoding);
        }
        return new ListObjectsRequest(bucket, or(query.first("prefix"), ""),
                or(query.first("delimiter"), ""), after, Math
                        .min(ListObjectsRequest.MAX_KEYS, maxKeys(query)));
    }

    static boolean isUrlEncoded(QueryParameters query) {
        return URL.equals(query.first(ENCODING_TYPE));
    }

    /** As many as were asked for, even if they are more than one answer holds. */
    static int maxKeys(QueryParameters query) {
        String value = query.first(MAX_KEYS);
        if (value == null || value.isEmpty()) {
            return ListObjectsRequest.MAX_KEYS;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw S3Exception.invalidArgument(
                    "Provided max-keys not an integer or within integer range", MAX_KEYS, value);
        }
        throw S3Exception.invalidArgument(
                "Argument maxKeys must be an integer between 0 and 2147483647", MAX_KEYS, value);
    }

    static ListBucketsRequest buckets(QueryParameters query) {
        String token = query.first(TOKEN);
        return new ListBucketsRequest(or(query.first("prefix"), ""),
                Optional.ofNullable(query.first("bucket-region")),
                token == null ? "" : after(token), maxBuckets(query.first(MAX_BUCKETS)));
    }

    private static int maxBuckets(@Nullable String value) {
        if (value == null) {
            return ListBucketsRequest.MAX_BUCKETS;
        }
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException noNumber) {
            number = 0;
        }
        if (number < 1 || number > ListBucketsRequest.MAX_BUCKETS) {
            throw S3Exception.invalidArgument(
                    "Argument max-buckets must be an integer between 1 and 10000", MAX_BUCKETS,
                    value);
        }
        return number;
    }

    /** The token with which a list goes on after a name. */
    static String token(String after) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((TOKEN_MARK + after).getBytes(StandardCharsets.UTF_8));
    }

    private static String after(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token),
                    StandardCharsets.UTF_8);
            if (text.startsWith(TOKEN_MARK)) {
                return text.substring(TOKEN_MARK.length());
            }
        } catch (IllegalArgumentException noToken) {
            throw wrong(token);
        }
        throw wrong(token);
    }

    private static S3Exception wrong(String token) {
        return S3Exception.invalidArgument("The continuation token provided is incorrect", TOKEN,
                token);
    }

    private static String or(@Nullable String value, String instead) {
        return value == null ? instead : value;
    }
}

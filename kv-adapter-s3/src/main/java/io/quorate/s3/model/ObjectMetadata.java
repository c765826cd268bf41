package io.quorate.s3.model;

import java.util.List;
import java.util.Map;

/**
 * What the writer of an object said of it, returned as it was said.
 *
 * @param contentType its media type
 * @param headers the stored HTTP headers besides, by lower-case name
 * @param user user metadata, by lower-case name without {@code x-amz-meta-}
 * @param storageClass its storage class
 */
public record ObjectMetadata(String contentType, Map<String, String> headers,
        Map<String, String> user, String storageClass) {
    /** The HTTP headers that S3 stores with an object. Source: PutObject, "Request Syntax". */
    public static final List<String> STORED_HEADERS = List.of("cache-control",
            "content-disposition", "content-encoding", "content-language", "expires");
    /** What S3 says of an object whose writer named no type. */
    public static final String DEFAULT_TYPE = "binary/octet-stream";
    /** The storage class that answers do not name. */
    public static final String STANDARD = "STANDARD";
    /** Most bytes of user metadata, names and values together. */
    public static final int MAX_USER_BYTES = 2 * 1024;

    public ObjectMetadata {
        headers = Map.copyOf(headers);
        user = Map.copyOf(user);
    }
}

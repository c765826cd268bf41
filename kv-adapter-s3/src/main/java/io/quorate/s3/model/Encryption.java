package io.quorate.s3.model;

import io.quorate.kv.Value;

/**
 * How the bytes of an object are encrypted at rest.
 *
 * @param kind whose key it is
 * @param keyId the id of the server's key, or the client's key's MD5 in base64
 * @param secret the object's data key wrapped by the server's key, or the salt by which it is derived
 *        from the client's
 */
public record Encryption(Kind kind, String keyId, Value secret) {
    /** Whose key it is. */
    public enum Kind {
        /** The server's: SSE-S3. */
        SERVER,
        /** The client's, who sends it with each request: SSE-C. */
        CLIENT
    }
}

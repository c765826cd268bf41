package io.quorate.aws.sigv4;

/** Why a request was refused before anything was done for it. */
public enum AuthFailure {
    /** The request is not signed, and what it asks for needs a signature. */
    MISSING_AUTHENTICATION,
    /** A part of the Authorization header or of the presigned query is missing. */
    INCOMPLETE_SIGNATURE,
    /** The Authorization header cannot be read. */
    MALFORMED_AUTHORIZATION,
    /** The presigned query cannot be read, or its lifetime is out of range. */
    MALFORMED_PRESIGNED_QUERY,
    /** Signed with another algorithm than AWS4-HMAC-SHA256. */
    UNSUPPORTED_ALGORITHM,
    /** Signed both in the header and in the query. */
    SEVERAL_AUTHENTICATIONS,
    /** No such access key. */
    UNKNOWN_ACCESS_KEY,
    /** A session token that is missing, unexpected or wrong. */
    TOKEN_REFUSED,
    /** The signature is not the one that the secret gives. */
    SIGNATURE_MISMATCH,
    /** The request carries no date, or one that cannot be read. */
    DATE_INVALID,
    /** The request's date is too far from the server's. */
    REQUEST_TIME_SKEWED,
    /** The presigned request's lifetime is over. */
    PRESIGNED_EXPIRED,
    /** The presigned request's lifetime has not begun. */
    PRESIGNED_NOT_YET_VALID,
    /** The credential scope names another service, date or terminator. */
    CREDENTIAL_SCOPE_INVALID,
    /** A header that must be signed is not. */
    HEADERS_NOT_SIGNED,
    /** S3: x-amz-content-sha256 is missing. */
    CONTENT_HASH_MISSING,
    /** S3: x-amz-content-sha256 is neither a hash nor a known word. */
    CONTENT_HASH_INVALID,
    /** The path or the query cannot be decoded. */
    MALFORMED_REQUEST
}

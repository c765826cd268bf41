package io.quorate.aws.sigv4;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a signed request says of itself, read but not yet believed.
 *
 * @param scope key id, date, region and service
 * @param signedHeaders lower-case names in the order given
 * @param signature hex
 * @param timestamp the date as signed
 * @param token the session token, if one came
 * @param expiresSeconds the lifetime of a presigned request, or {@link #NOT_PRESIGNED}
 */
record Claim(SigningKeys.Scope scope, List<String> signedHeaders, String signature,
        Timestamp timestamp, @Nullable String token, int expiresSeconds) {
    static final int NOT_PRESIGNED = -1;

    boolean presigned() {
        return expiresSeconds != NOT_PRESIGNED;
    }
}

package io.quorate.aws.sigv4;

import org.jspecify.annotations.Nullable;

/**
 * The fields of an S3 form upload that sign its policy. Source: Amazon S3 API reference,
 * "Authenticating requests in browser-based uploads using POST".
 *
 * @param algorithm the field x-amz-algorithm
 * @param credential the field x-amz-credential
 * @param date the field x-amz-date
 * @param policy the field policy, in base64 as it was sent
 * @param signature the field x-amz-signature
 * @param token the field x-amz-security-token, if it was sent
 */
public record PostPolicy(String algorithm, String credential, String date, String policy,
        String signature, @Nullable String token) {}

package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must hold of a claim before its signature is computed. */
final class ClaimChecks {
    private static final String AMZ_PREFIX = "x-amz-";

    private ClaimChecks() {}

    static void check(AwsRequestHead head, AwsService service, Claim claim, Instant now)
            throws RefusedException {
        checkScope(service, claim);
        checkSignedHeaders(head, service, claim);
        if (claim.presigned()) {
            checkLifetime(claim, now.getEpochSecond());
        } else {
            checkSkew(claim, now.getEpochSecond());
        }
    }

    /** What must hold of a form upload's claim; its key is as old as a presigned one's at most. */
    static void checkPost(Claim claim, Instant now) throws RefusedException {
        checkScope(AwsService.S3, claim);
        checkLifetime(claim, now.getEpochSecond());
    }

    /** A token must come if and only if the key has one. */
    static void checkToken(@Nullable String given, @Nullable String expected)
            throws RefusedException {
        if (!sameToken(given, expected)) {
            throw new RefusedException(AuthFailure.TOKEN_REFUSED,
                    "The provided token is malformed or otherwise invalid.");
        }
    }

    private static boolean sameToken(@Nullable String given, @Nullable String expected) {
        if (given == null || expected == null) {
            return given == null && expected == null;
        }
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
                expected.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkScope(AwsService service, Claim claim) throws RefusedException {
        SigningKeys.Scope scope = claim.scope();
        if (!scope.service().equals(service.signingName())) {
            throw new RefusedException(AuthFailure.CREDENTIAL_SCOPE_INVALID,
                    "Credential should be scoped to correct service: '" + service.signingName()
                            + "'.");
        }
        if (!scope.date().equals(claim.timestamp().date())) {
            throw new RefusedException(AuthFailure.CREDENTIAL_SCOPE_INVALID,
                    "Invalid credential date \"" + scope.date()
                            + "\". This date is not the same as X-Amz-Date: \""
                            + claim.timestamp().date() + "\".");
        }
    }

    private static void checkSignedHeaders(AwsRequestHead head, AwsService service, Claim claim)
            throws RefusedException {
        if (!claim.signedHeaders().contains("host")) {
            throw notSigned("host");
        }
        if (service != AwsService.S3) {
            // The target decides what is done, so it may not be changed on the way.
            if (head.header("x-amz-target") != null
                    && !claim.signedHeaders().contains("x-amz-target")) {
                throw notSigned("x-amz-target");
            }
            return;
        }
        for (String name : head.headers().names()) {
            if (name.regionMatches(true, 0, AMZ_PREFIX, 0, AMZ_PREFIX.length())
                    && !isSigned(name, claim)) {
                throw notSigned(name);
            }
        }
    }

    private static boolean isSigned(String name, Claim claim) {
        for (String signed : claim.signedHeaders()) {
            if (signed.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static RefusedException notSigned(String name) {
        return new RefusedException(AuthFailure.HEADERS_NOT_SIGNED,
                "There were headers present in the request which were not signed: " + name);
    }

    private static void checkSkew(Claim claim, long nowSeconds) throws RefusedException {
        if (Math.abs(
                nowSeconds - claim.timestamp().epochSecond()) > SigV4Verifier.MAX_SKEW_SECONDS) {
            throw new RefusedException(AuthFailure.REQUEST_TIME_SKEWED,
                    "The difference between the request time and the current time is too large.");
        }
    }

    private static void checkLifetime(Claim claim, long nowSeconds) throws RefusedException {
        long begins = claim.timestamp().epochSecond();
        if (begins - nowSeconds > SigV4Verifier.MAX_SKEW_SECONDS) {
            throw new RefusedException(AuthFailure.PRESIGNED_NOT_YET_VALID,
                    "Request is not yet valid");
        }
        if (nowSeconds - begins > claim.expiresSeconds()) {
            throw new RefusedException(AuthFailure.PRESIGNED_EXPIRED, "Request has expired");
        }
    }
}

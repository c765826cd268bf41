package io.quorate.aws.sigv4;

import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.service.AwsService;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Signature Version 4 in the Authorization header and in presigned queries.
 *
 * <p>S3 requests are decided from their head alone, because S3's clients send the payload's hash in
 * {@code x-amz-content-sha256}; what the body must prove comes back as a {@link PayloadRule}. The
 * other services sign the hash of the body itself: everything else is checked first, and the body
 * needs to be read only for a request that could still be right ({@link Verification.AwaitsBody}).
 *
 * <p>Thread-safe. Reuses one Mac, one digest and one buffer per thread, and derived keys.
 *
 * <p>Source: IAM user guide, "AWS Signature Version 4 for API requests"; Amazon S3 API reference,
 * "Authenticating requests".
 */
public final class SigV4Verifier {
    /** How far a request's date may be from the server's, either way. */
    public static final int MAX_SKEW_SECONDS = 15 * 60;

    private final IdentityDirectory directory;
    private final SigningKeys keys = new SigningKeys();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    public SigV4Verifier(IdentityDirectory directory) {
        this.directory = directory;
    }

    /** How many derived keys are kept at this moment. */
    int keptKeys() {
        return keys.size();
    }

    /** Verifies what the head alone can prove. Never throws for what a client sends. */
    public Verification verify(AwsRequestHead head, AwsService service, Instant now) {
        try {
            Claim claim = ClaimParser.parse(head);
            return claim == null
                    ? new Verification.Anonymous(PayloadHash.ruleOfUnsigned(head, service))
                    : verifyClaim(head, service, claim, now);
        } catch (RefusedException e) {
            return e.toVerification();
        } catch (MalformedRequestException e) {
            return new Verification.Refused(AuthFailure.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()));
        }
    }

    private Verification verifyClaim(AwsRequestHead head, AwsService service, Claim claim,
            Instant now) throws RefusedException {
        Credentials credentials = directory.find(claim.scope().accessKeyId())
                .orElseThrow(() -> new RefusedException(AuthFailure.UNKNOWN_ACCESS_KEY,
                        claim.scope().accessKeyId()));
        ClaimChecks.check(head, service, claim, now);
        ClaimChecks.checkToken(claim.token(), credentials.sessionToken());
        Pending pending = new Pending(head, service, claim, credentials);
        if (service == AwsService.S3) {
            PayloadHash hash = PayloadHash.of(head, claim);
            return decide(pending, hash.text(), hash);
        }
        return (Verification.AwaitsBody) body -> decide(pending, scratch.get().sha256Hex(body),
                null);
    }

    /** A request of which only the signature is still to be computed. */
    private record Pending(AwsRequestHead head, AwsService service, Claim claim,
            Credentials credentials) {}

    private Verification.Decided decide(Pending pending, String payloadHash,
            @Nullable PayloadHash hash) {
        Claim claim = pending.claim();
        SigningKey known = keys.get(claim.scope());
        SigningKey key = known != null ? known : derive(pending);
        byte[] expected;
        try {
            expected = scratch.get().signature(pending.head(), pending.service(), claim,
                    payloadHash, key);
        } catch (MalformedRequestException e) {
            return new Verification.Refused(AuthFailure.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()));
        }
        if (!MessageDigest.isEqual(expected, Hex.parse(claim.signature()))) {
            return new Verification.Refused(AuthFailure.SIGNATURE_MISMATCH,
                    "The request signature we calculated does not match the signature you"
                            + " provided. Check your key and signing method.");
        }
        if (known == null) {
            keys.keep(claim.scope(), key);
        }
        PayloadRule rule = hash == null
                ? new PayloadRule.SignedBody(payloadHash)
                : hash.rule(new ChunkSigning(key, claim.timestamp().text(), claim.signature()));
        return new Verification.Verified(pending.credentials().identity(),
                claim.scope().accessKeyId(), claim.scope().region(), rule);
    }

    private static SigningKey derive(Pending pending) {
        SigningKeys.Scope scope = pending.claim().scope();
        return SigningKey.derive(pending.credentials().key().secret(), scope.date(),
                scope.region(), scope.service());
    }
}

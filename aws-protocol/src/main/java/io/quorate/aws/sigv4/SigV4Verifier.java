package io.quorate.aws.sigv4;

import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.service.AwsService;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.Function;

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

    /**
     * Verifies the signed policy of an S3 form upload. Whether the policy itself still holds, and
     * whether the form fits it, is for the caller to check.
     *
     * @return Verified with a body that nothing is said of, or Refused
     */
    public Verification.Decided verifyPolicy(PostPolicy post, Instant now) {
        try {
            Claim claim = ClaimParser.parse(post);
            Credentials credentials = credentialsOf(claim);
            ClaimChecks.checkPost(claim, now);
            ClaimChecks.checkToken(claim.token(), credentials.sessionToken());
            checkSignature(claim, credentials, k -> scratch.get().signature(post.policy(), k));
            return verified(claim, credentials, new PayloadRule.UnsignedBody());
        } catch (RefusedException e) {
            return e.toVerification();
        }
    }

    private Verification verifyClaim(AwsRequestHead head, AwsService service, Claim claim,
            Instant now) throws RefusedException {
        Credentials credentials = credentialsOf(claim);
        ClaimChecks.check(head, service, claim, now);
        ClaimChecks.checkToken(claim.token(), credentials.sessionToken());
        if (service != AwsService.S3) {
            return (Verification.AwaitsBody) body -> decideWithBody(head, service, claim,
                    credentials, body);
        }
        PayloadHash hash = PayloadHash.of(head, claim);
        SigningKey key = checkSignature(claim, credentials,
                k -> scratch.get().signature(head, service, claim, hash.text(), k));
        ChunkSigning chunks = new ChunkSigning(key, claim.timestamp().text(), claim.signature());
        return verified(claim, credentials, hash.rule(chunks));
    }

    private Verification.Decided decideWithBody(AwsRequestHead head, AwsService service,
            Claim claim, Credentials credentials, byte[] body) {
        try {
            String hash = scratch.get().sha256Hex(body);
            checkSignature(claim, credentials,
                    k -> scratch.get().signature(head, service, claim, hash, k));
            return verified(claim, credentials, new PayloadRule.SignedBody(hash));
        } catch (RefusedException e) {
            return e.toVerification();
        } catch (MalformedRequestException e) {
            return new Verification.Refused(AuthFailure.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()));
        }
    }

    private Credentials credentialsOf(Claim claim) throws RefusedException {
        return directory.find(claim.scope().accessKeyId())
                .orElseThrow(() -> new RefusedException(AuthFailure.UNKNOWN_ACCESS_KEY,
                        claim.scope().accessKeyId()));
    }

    /** Compares the claimed signature with the computed one; returns the key that gave it. */
    private SigningKey checkSignature(Claim claim, Credentials credentials,
            Function<SigningKey, byte[]> compute) throws RefusedException {
        SigningKeys.Scope scope = claim.scope();
        SigningKey known = keys.get(scope);
        SigningKey key = known != null
                ? known
                : SigningKey.derive(credentials.key().secret(), scope.date(), scope.region(),
                        scope.service());
        if (!MessageDigest.isEqual(compute.apply(key), Hex.parse(claim.signature()))) {
            throw new RefusedException(AuthFailure.SIGNATURE_MISMATCH,
                    "The request signature we calculated does not match the signature you"
                            + " provided. Check your key and signing method.");
        }
        if (known == null) {
            keys.keep(scope, key);
        }
        return key;
    }

    private static Verification.Verified verified(Claim claim, Credentials credentials,
            PayloadRule rule) {
        return new Verification.Verified(credentials.identity(), claim.scope().accessKeyId(),
                claim.scope().region(), rule);
    }
}

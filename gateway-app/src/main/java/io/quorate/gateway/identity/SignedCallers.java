package io.quorate.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.aws.identity.AccessKey;
import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.peer.service.CallerAuthenticator;
import io.quorate.kv.peer.service.MessageProof;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets in whoever shows a certificate of the cluster's authority, or signs with the key of a configured identity that
 * may make the call; and, only while the server has nothing but its development identity, whoever calls unsigned from
 * this machine. Safe for any thread.
 */
public final class SignedCallers implements CallerAuthenticator {
    /** How far a call's date may be from the server's, either way, and so how long it can be repeated. */
    public static final Duration MAX_AGE = Duration.ofMinutes(5);
    /** What a rule of an identity must admit, beside the action {@code kv:Put}. */
    static final String EVERY_SPACE = "arn:quorate:kv:::*";
    private static final String ACTION = "kv:";
    private static final String NAME = "quorate://identity/";
    /** Takes the time of an unknown key's check. */
    private static final AccessKey NOBODY = new AccessKey("nobody", "nobody");

    private final CallerAuthenticator shown = CallerAuthenticator.byCertificate();
    private final IdentityDirectory identities;
    private final boolean development;
    private final InstantSource clock;

    /** @param development whether the identities are the well-known development ones */
    public SignedCallers(IdentityDirectory identities, boolean development, InstantSource clock) {
        this.identities = identities;
        this.development = development;
        this.clock = clock;
    }

    @Override
    public Optional<String> authenticate(Presented call) {
        return switch (call.certificate()) {
            case PeerCertificate.Shown certificate -> shown.authenticate(call);
            case PeerCertificate.Missing missing -> Optional.empty();
            case PeerCertificate.NotNeeded none -> development && !isSigned(call)
                    ? shown.authenticate(call)
                    : Optional.empty();
        };
    }

    @Override
    public Optional<MessageProof> proof(Presented call) {
        return isSigned(call)
                ? Optional.of(message -> judge(call, message))
                : Optional.empty();
    }

    private static boolean isSigned(Presented call) {
        return call.headers().apply(CallSignature.SIGNATURE).isPresent();
    }

    private MessageProof.Finding judge(Presented call, byte[] message) {
        String date = call.headers().apply(CallSignature.DATE).orElse("");
        Optional<Credentials> found = call.headers().apply(CallSignature.KEY)
                .flatMap(identities::find);
        byte[] right = CallSignature.sign(found.map(Credentials::key).orElse(NOBODY),
                call.method(), date, message);
        boolean signed = MessageDigest.isEqual(right,
                bytes(call.headers().apply(CallSignature.SIGNATURE).orElse("")));
        if (found.isEmpty() || !signed || !isRecent(date) || !hasToken(call, found.get())) {
            return new MessageProof.Finding.Unknown();
        }
        String action = ACTION + call.method().substring(call.method().lastIndexOf('/') + 1);
        return found.get().identity().permissions().allows(action, EVERY_SPACE)
                ? new MessageProof.Finding.Known(NAME + found.get().identity().name())
                : new MessageProof.Finding.Forbidden();
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException notHex) {
            return new byte[0];
        }
    }

    private boolean isRecent(String date) {
        try {
            long age = Math.subtractExact(clock.millis(), Long.parseLong(date));
            return age >= -MAX_AGE.toMillis() && age <= MAX_AGE.toMillis();
        } catch (NumberFormatException | ArithmeticException unreadable) {
            return false;
        }
    }

    private static boolean hasToken(Presented call, Credentials credentials) {
        String expected = credentials.sessionToken();
        String given = call.headers().apply(CallSignature.TOKEN).orElse("");
        return MessageDigest.isEqual((expected == null ? "" : expected).getBytes(UTF_8),
                given.getBytes(UTF_8));
    }
}

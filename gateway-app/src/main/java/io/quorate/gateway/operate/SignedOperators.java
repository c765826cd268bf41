package io.quorate.gateway.operate;

import io.quorate.gateway.config.AccessSettings;
import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.KeySettings;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.peer.service.CallerAuthenticator;
import io.quorate.kv.peer.service.MessageProof;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Believes whoever shows a certificate of the cluster's authority, and on this machine whoever signs with the key of an
 * identity that may do everything, once for each signature. Safe for any thread.
 */
public final class SignedOperators implements CallerAuthenticator {
    /** How far the two clocks may differ, either way, and so how long a request is good for. */
    static final Duration MAX_AGE = Duration.ofMinutes(1);
    /** Longer numbers used once are refused: what is remembered is bounded. */
    private static final int MAX_NONCE = 64;
    /** Takes the time of an unknown key's check. */
    private static final KeySettings NOBODY = new KeySettings("nobody", "nobody",
            Optional.empty());

    private final Map<String, Operator> operators = new HashMap<>();
    private final SeenOnce seen;
    private final Clock clock;

    private record Operator(String name, KeySettings key) {}

    public SignedOperators(AccessSettings access, Clock clock) {
        this.clock = clock;
        this.seen = new SeenOnce(MAX_AGE.multipliedBy(2));
        for (IdentitySettings identity : access.identities()) {
            if (identity.grant() instanceof IdentitySettings.Grant.Admin) {
                identity.keys().forEach(key -> operators.put(key.accessKey(),
                        new Operator(identity.name(), key)));
            }
        }
    }

    @Override
    public Optional<String> authenticate(Presented call) {
        return switch (call.certificate()) {
            case PeerCertificate.Shown(var names) -> Optional
                    .of(names.isEmpty() ? "certificate" : names.getFirst());
            case PeerCertificate.Missing missing -> Optional.empty();
            case PeerCertificate.NotNeeded none -> Optional.empty();
        };
    }

    @Override
    public Optional<MessageProof> proof(Presented call) {
        return call.loopback() ? Optional.of(message -> judge(call, message)) : Optional.empty();
    }

    private MessageProof.Finding judge(Presented call, byte[] message) {
        OperatorSignature.Signed about = new OperatorSignature.Signed(call.method(),
                header(call, OperatorSignature.DATE), header(call, OperatorSignature.NONCE));
        Optional<Operator> operator = Optional
                .ofNullable(operators.get(header(call, OperatorSignature.KEY)));
        byte[] right = OperatorSignature.sign(operator.map(Operator::key).orElse(NOBODY), about,
                message);
        boolean signed = MessageDigest.isEqual(right,
                bytes(header(call, OperatorSignature.SIGNATURE)));
        boolean believed = signed && operator.isPresent() && isRecent(about.date())
                && !about.nonce().isEmpty() && about.nonce().length() <= MAX_NONCE
                && seen.first(HexFormat.of().formatHex(right), clock.millis());
        return believed
                ? new MessageProof.Finding.Known(operator.orElseThrow().name())
                : new MessageProof.Finding.Unknown();
    }

    private static String header(Presented call, String name) {
        return call.headers().apply(name).orElse("");
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
}

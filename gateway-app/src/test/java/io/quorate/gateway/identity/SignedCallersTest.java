package io.quorate.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.AccessKey;
import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.identity.Permissions;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.peer.service.CallerAuthenticator.Presented;
import io.quorate.kv.peer.service.MessageProof.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the key-value service. */
class SignedCallersTest {
    private static final String PUT = "quorate.kv.v1.Kv/Put";
    private static final byte[] MESSAGE = "a request".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final AccessKey SHOP = new AccessKey("SHOPKEY", "shop's secret");
    private static final AccessKey READER = new AccessKey("READERKEY", "reader's secret");
    private static final AccessKey GUEST = new AccessKey("GUESTKEY", "guest's secret");

    private final SignedCallers callers = callers(false);

    @Test
    void aRequestSignedWithAConfiguredKeyComesFromItsIdentity() {
        assertThat(judge(signed(SHOP))).isEqualTo(new Finding.Known("quorate://identity/shop"));
    }

    @Test
    void theSignatureIsTheDocumentedOne() {
        // printf 'QUORATE-HMAC-SHA256\nquorate.kv.v1.Kv/Put\n1700000000000\nSHOPKEY\n%s' "$(printf 'a request' |
        // sha256sum | cut -d' ' -f1)" | openssl dgst -sha256 -hmac "shop's secret"
        assertThat(signed(SHOP)).containsEntry("quorate-signature",
                "e4ed073bd1cd87cda997650f72da1674d26ce197f1e0ad6829e42b0566c928ae");
    }

    @Test
    void aWrongSecretIsRefused() {
        assertThat(judge(signed(new AccessKey(SHOP.id(), "another secret"))))
                .isEqualTo(new Finding.Unknown());
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThat(judge(signed(new AccessKey("NOKEY", "a secret"))))
                .isEqualTo(new Finding.Unknown());
        assertThat(judge(signed(new AccessKey("nobody", "nobody"))))
                .isEqualTo(new Finding.Unknown());
    }

    @Test
    void aDateThatIsTooOldOrTooEarlyIsRefused() {
        Duration most = SignedCallers.MAX_AGE;
        assertThat(judge(signed(SHOP, NOW.minus(most)))).isInstanceOf(Finding.Known.class);
        assertThat(judge(signed(SHOP, NOW.plus(most)))).isInstanceOf(Finding.Known.class);
        assertThat(judge(signed(SHOP, NOW.minus(most).minusMillis(1))))
                .isEqualTo(new Finding.Unknown());
        assertThat(judge(signed(SHOP, NOW.plus(most).plusMillis(1))))
                .isEqualTo(new Finding.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-9223372036854775808", "9223372036854775808"})
    void aDateThatIsNoneIsRefused(String date) {
        Map<String, String> headers = signed(SHOP);
        headers.put("quorate-date", date);
        headers.put("quorate-signature",
                HexFormat.of().formatHex(CallSignature.sign(SHOP, PUT, date, MESSAGE)));

        assertThat(judge(headers)).isEqualTo(new Finding.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorate-access-key", "quorate-date"})
    void aMissingPartIsRefused(String header) {
        Map<String, String> headers = signed(SHOP);
        headers.remove(header);

        assertThat(judge(headers)).isEqualTo(new Finding.Unknown());
    }

    @Test
    void aSignatureOfAnotherMessageOrMethodIsRefused() {
        assertThat(callers.proof(plain(signed(SHOP), PUT)).orElseThrow()
                .judge("another".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Finding.Unknown());
        assertThat(callers.proof(plain(signed(SHOP), "quorate.kv.v1.Kv/Delete")).orElseThrow()
                .judge(MESSAGE)).isEqualTo(new Finding.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not hexadecimal", "00"})
    void whatIsNoSignatureIsRefused(String signature) {
        Map<String, String> headers = signed(SHOP);
        headers.put("quorate-signature", signature);

        assertThat(judge(headers)).isEqualTo(new Finding.Unknown());
    }

    @Test
    void aSessionTokenMustBeTheKeysOwn() {
        Map<String, String> headers = signed(GUEST);
        assertThat(judge(headers)).isEqualTo(new Finding.Unknown());
        headers.put("quorate-session-token", "another");
        assertThat(judge(headers)).isEqualTo(new Finding.Unknown());
        headers.put("quorate-session-token", "the guest's token");
        assertThat(judge(headers)).isEqualTo(new Finding.Known("quorate://identity/guest"));

        Map<String, String> unasked = signed(SHOP);
        unasked.put("quorate-session-token", "the guest's token");
        assertThat(judge(unasked)).isEqualTo(new Finding.Unknown());
    }

    @Test
    void anIdentityMayMakeTheCallsThatItsRulesAllow() {
        assertThat(judge(signed(READER))).isEqualTo(new Finding.Forbidden());
        String get = "quorate.kv.v1.Kv/Get";
        assertThat(callers.proof(plain(CallSignature.headers(READER, get, MESSAGE, NOW), get))
                .orElseThrow().judge(MESSAGE)).isInstanceOf(Finding.Known.class);
    }

    @Test
    void unsignedCallsArePlaintextOfThisMachineAndOnlyInDevelopment() {
        Presented here = plain(Map.of(), PUT);
        assertThat(callers(true).authenticate(here)).contains("local");
        assertThat(callers(true).authenticate(new Presented(PUT, new PeerCertificate.NotNeeded(),
                false, name -> Optional.empty()))).isEmpty();
        assertThat(callers(true).authenticate(new Presented(PUT, new PeerCertificate.Missing(),
                true, name -> Optional.empty()))).isEmpty();
        assertThat(callers.authenticate(here)).isEmpty();
        assertThat(callers.proof(here)).isEmpty();
    }

    @Test
    void aWrongSignatureIsRefusedInDevelopmentToo() {
        Map<String, String> headers = signed(new AccessKey(SHOP.id(), "another secret"));

        assertThat(callers(true).authenticate(plain(headers, PUT))).isEmpty();
    }

    @Test
    void aCertificateIsAnIdentityWithoutSignature() {
        assertThat(callers.authenticate(new Presented(PUT,
                new PeerCertificate.Shown(List.of("quorate://client/shop")), false,
                name -> Optional.empty()))).contains("quorate://client/shop");
    }

    private Finding judge(Map<String, String> headers) {
        Presented call = plain(headers, PUT);
        assertThat(callers.authenticate(call)).isEmpty();
        return callers.proof(call).orElseThrow().judge(MESSAGE);
    }

    private static Presented plain(Map<String, String> headers, String method) {
        return new Presented(method, new PeerCertificate.NotNeeded(), true,
                name -> Optional.ofNullable(headers.get(name)));
    }

    private static Map<String, String> signed(AccessKey key) {
        return signed(key, NOW);
    }

    private static Map<String, String> signed(AccessKey key, Instant at) {
        return new HashMap<>(CallSignature.headers(key, PUT, MESSAGE, at));
    }

    private static SignedCallers callers(boolean development) {
        return new SignedCallers(IdentityDirectory.of(List.of(
                new Credentials(SHOP, identity("shop", new Permissions.Admin())),
                new Credentials(READER, identity("reader", rule("kv:Get", "*"), rule("kv:*",
                        "arn:quorate:kv:::one-space"), rule("s3:*", "*"))),
                new Credentials(GUEST, "the guest's token",
                        identity("guest", rule("kv:*", "arn:quorate:kv:::*"))))),
                development, () -> NOW);
    }

    private static Identity identity(String name, Permissions.AllowRule... rules) {
        return identity(name, new Permissions.Allowed(List.of(rules)));
    }

    private static Identity identity(String name, Permissions permissions) {
        return new Identity(name, "000000000000", "0".repeat(64), name, permissions);
    }

    private static Permissions.AllowRule rule(String action, String resource) {
        return new Permissions.AllowRule(List.of(action), List.of(resource));
    }
}

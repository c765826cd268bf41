package io.quorate.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.gateway.config.AccessSettings;
import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.KeySettings;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.peer.service.CallerAuthenticator.Presented;
import io.quorate.kv.peer.service.MessageProof.Finding;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests of operators are believed. */
class SignedOperatorsTest {
    private static final String REMOVE = "quorate.admin.v1.Admin/RemoveMember";
    private static final byte[] MESSAGE = "n3".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final KeySettings OPERATOR = key("OPERATORKEY", "operator's secret");
    private static final KeySettings READER = key("READERKEY", "reader's secret");

    private final SignedOperators operators = operators(NOW);

    @Test
    void aRequestSignedByAnOperatorIsBelieved() {
        assertThat(judge(operators, signed(OPERATOR), REMOVE, MESSAGE))
                .isEqualTo(new Finding.Known("operator"));
    }

    @Test
    void theSignatureIsTheDocumentedOne() {
        // printf 'QUORATE-OPERATOR-HMAC-SHA256\nquorate.admin.v1.Admin/RemoveMember\n1700000000000\nOPERATORKEY\n07\n%s'
        // "$(printf n3 | sha256sum | cut -d' ' -f1)" | openssl dgst -sha256 -hmac "operator's secret"
        assertThat(HexFormat.of().formatHex(OperatorSignature.sign(OPERATOR,
                new OperatorSignature.Signed(REMOVE, "1700000000000", "07"), MESSAGE)))
                .isEqualTo("8138d414fc248bbc5d1a47a1417f172c10d696d0c9e71e48afc9ab97701846c2");
    }

    @Test
    void aTamperedBodyIsRefused() {
        assertThat(judge(operators, signed(OPERATOR), REMOVE,
                "n2".getBytes(StandardCharsets.UTF_8))).isEqualTo(new Finding.Unknown());
        assertThat(judge(operators, signed(OPERATOR), REMOVE, new byte[0]))
                .isEqualTo(new Finding.Unknown());
    }

    @Test
    void aSignatureOfAnotherMethodIsRefused() {
        assertThat(judge(operators, signed(OPERATOR),
                "quorate.admin.v1.Admin/TransferLeadership", MESSAGE))
                .isEqualTo(new Finding.Unknown());
    }

    @Test
    void aRequestIsBelievedOnce() {
        Map<String, String> headers = signed(OPERATOR);
        judge(operators, headers, REMOVE, MESSAGE);

        assertThat(judge(operators, headers, REMOVE, MESSAGE)).isEqualTo(new Finding.Unknown());
        assertThat(judge(operators, signed(OPERATOR), REMOVE, MESSAGE))
                .as("the same request, signed again").isInstanceOf(Finding.Known.class);
    }

    @Test
    void aRequestOfAnotherMinuteIsRefused() {
        Duration most = SignedOperators.MAX_AGE;
        for (Duration off : List.of(most, most.negated())) {
            assertThat(judge(operators(NOW.plus(off)), signed(OPERATOR), REMOVE, MESSAGE))
                    .isInstanceOf(Finding.Known.class);
        }
        for (Duration off : List.of(most.plusMillis(1), most.plusMillis(1).negated())) {
            assertThat(judge(operators(NOW.plus(off)), signed(OPERATOR), REMOVE, MESSAGE))
                    .isEqualTo(new Finding.Unknown());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorate-access-key", "quorate-date", "quorate-nonce",
        "quorate-signature"})
    void everyPartIsNeededAndCovered(String header) {
        Map<String, String> without = signed(OPERATOR);
        without.remove(header);
        Map<String, String> other = signed(OPERATOR);
        other.merge(header, "1", (value, digit) -> value.substring(0, value.length() - 1)
                + (value.endsWith("1") ? "2" : "1"));

        assertThat(judge(operators, without, REMOVE, MESSAGE)).isEqualTo(new Finding.Unknown());
        assertThat(judge(operators, other, REMOVE, MESSAGE)).isEqualTo(new Finding.Unknown());
    }

    @Test
    void whoMayNotDoEverythingIsNoOperator() {
        assertThat(judge(operators, signed(READER), REMOVE, MESSAGE))
                .isEqualTo(new Finding.Unknown());
        assertThat(judge(operators, signed(key("nobody", "nobody")), REMOVE, MESSAGE))
                .isEqualTo(new Finding.Unknown());
        assertThat(judge(operators, signed(key("OPERATORKEY", "a guess")), REMOVE, MESSAGE))
                .isEqualTo(new Finding.Unknown());
    }

    @Test
    void aSignatureIsNoProofFromAnotherMachine() {
        assertThat(operators.proof(new Presented(REMOVE, new PeerCertificate.NotNeeded(), false,
                name -> Optional.ofNullable(signed(OPERATOR).get(name))))).isEmpty();
    }

    @Test
    void whatIsRememberedIsBoundedAndForgottenInTime() {
        SeenOnce seen = new SeenOnce(Duration.ofMinutes(2));
        for (int i = 0; i < SeenOnce.MAX; i++) {
            assertThat(seen.first("request " + i, 0)).isTrue();
        }

        assertThat(seen.first("one more", 0)).isFalse();
        assertThat(seen.first("request 1", 120_000)).isFalse();
        assertThat(seen.first("request 1", 120_001)).isTrue();
    }

    private static Finding judge(SignedOperators operators, Map<String, String> headers,
            String method, byte[] message) {
        return operators.proof(new Presented(method, new PeerCertificate.NotNeeded(), true,
                name -> Optional.ofNullable(headers.get(name)))).orElseThrow().judge(message);
    }

    private static Map<String, String> signed(KeySettings key) {
        return new HashMap<>(OperatorSignature
                .with(key, Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom())
                .sign(REMOVE, MESSAGE));
    }

    private static SignedOperators operators(Instant now) {
        return new SignedOperators(new AccessSettings("000000000000", List.of(
                identity("operator", OPERATOR, new IdentitySettings.Grant.Admin()),
                identity("reader", READER, new IdentitySettings.Grant.Rules(List.of(
                        new IdentitySettings.Rule(List.of("*"), List.of("*")))))),
                false), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static IdentitySettings identity(String name, KeySettings key,
            IdentitySettings.Grant grant) {
        return new IdentitySettings(name, "000000000000", "0".repeat(64), name, List.of(key),
                grant);
    }

    private static KeySettings key(String accessKey, String secret) {
        return new KeySettings(accessKey, secret, Optional.empty());
    }
}

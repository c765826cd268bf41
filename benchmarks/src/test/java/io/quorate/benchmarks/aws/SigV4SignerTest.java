package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.AccessKey;
import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.SigV4Verifier;
import io.quorate.aws.sigv4.Verification;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SigV4SignerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Endpoint ENDPOINT = new Endpoint(URI.create("http://127.0.0.1:4566"),
            "AKIDEXAMPLE", "secret", "us-east-1");
    private static final Identity IDENTITY = new Identity("bench", "000000000000", "c", "bench",
            new Permissions.Admin());
    private static final byte[] BODY = "{\"QueueName\":\"q\"}".getBytes(UTF_8);

    private final SigV4Verifier verifier = new SigV4Verifier(IdentityDirectory.of(List.of(
            new Credentials(new AccessKey("AKIDEXAMPLE", "secret"), IDENTITY))));

    @Test
    void theVerifierAcceptsASignedJsonCall() {
        assertThat(verifyJson(ENDPOINT, BODY, NOW)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void theVerifierRefusesAnotherBodyThanTheSignedOne() {
        assertThat(verifyJson(ENDPOINT, "{}".getBytes(UTF_8), NOW))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void theVerifierRefusesAnotherSecret() {
        Endpoint other = new Endpoint(ENDPOINT.uri(), "AKIDEXAMPLE", "guess", "us-east-1");

        assertThat(verifyJson(other, BODY, NOW)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void theVerifierAcceptsSignedObjectRequests() {
        SigV4Signer signer = new SigV4Signer(ENDPOINT, "s3");
        Map<String, String> headers = signer.sign("PUT", "/bucket/object-1", Map.of(), BODY, NOW);

        Verification verification = verifier.verify(
                new AwsRequestHead("PUT", "/bucket/object-1", "", headersOf(headers)),
                AwsService.S3, NOW);

        assertThat(verification).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void theKeyFollowsTheDate() {
        SigV4Signer signer = new SigV4Signer(ENDPOINT, "sqs");
        signer.sign("POST", "/", Map.of(), BODY, NOW);
        Instant tomorrow = NOW.plusSeconds(86_400);

        Map<String, String> headers = signer.sign("POST", "/", Map.of(), BODY, tomorrow);

        assertThat(decide(headers, AwsService.SQS, BODY, tomorrow))
                .isInstanceOf(Verification.Verified.class);
    }

    private Verification verifyJson(Endpoint endpoint, byte[] received, Instant now) {
        SigV4Signer signer = new SigV4Signer(endpoint, "sqs");
        Map<String, String> headers = signer.sign("POST", "/",
                Map.of("content-type", "application/x-amz-json-1.0", "x-amz-target",
                        "AmazonSQS.CreateQueue"),
                BODY, now);
        return decide(headers, AwsService.SQS, received, now);
    }

    private Verification decide(Map<String, String> headers, AwsService service, byte[] body,
            Instant now) {
        Verification head = verifier.verify(
                new AwsRequestHead("POST", "/", "", headersOf(headers)), service, now);
        return head instanceof Verification.AwaitsBody awaits ? awaits.decide(body) : head;
    }

    private static AwsHeaders headersOf(Map<String, String> headers) {
        return AwsHeaders.of(headers.entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }
}

package io.quorate.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.error.AwsError;
import io.quorate.aws.error.AwsErrorException;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestIds;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.Published;
import io.quorate.aws.sigv4.SdkSigner;
import io.quorate.aws.sigv4.SdkSigner.Signed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import software.amazon.awssdk.http.SdkHttpMethod;

class AwsEntryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final String ORIGIN = "http://localhost:4566";

    private final List<ExchangeSummary> ended = new ArrayList<>();
    private final AtomicInteger bodiesRead = new AtomicInteger();
    private final MockServerHttpResponse response = new MockServerHttpResponse();
    private boolean unsignedAccepted;

    @Test
    void signedRequestReachesItsHandlerWithIdentityAndBody() {
        AwsEntry entry = entry(AwsService.DYNAMODB, exchange -> exchange.body(100).flatMap(body -> {
            assertThat(body).isEqualTo(BODY);
            assertThat(exchange.identity()).isEqualTo(Published.IDENTITY);
            assertThat(exchange.region()).isEqualTo("eu-central-1");
            assertThat(exchange.authorize("dynamodb:GetItem", "arn")).isTrue();
            exchange.action("GetItem");
            return exchange.respond(200, "application/x-amz-json-1.0", body);
        }));

        run(entry, dynamoDb(), BODY);

        CRC32 crc = new CRC32();
        crc.update(BODY);
        assertThat(status()).isEqualTo(200);
        assertThat(answer()).isEqualTo("{\"a\":1}");
        assertThat(response.getHeaders().getFirst("x-amz-crc32"))
                .isEqualTo(Long.toString(crc.getValue()));
        assertThat(response.getHeaders().getFirst("x-amzn-RequestId")).matches("[A-Z2-7]{52}");
        assertThat(response.getHeaders().getContentLength()).isEqualTo(7);
        assertThat(ended).singleElement().satisfies(summary -> {
            assertThat(summary.action()).isEqualTo("GetItem");
            assertThat(summary.caller()).isEqualTo("example");
            assertThat(summary.status()).isEqualTo(200);
            assertThat(summary.errorCode()).isNull();
        });
        assertThat(entry.heldBodyBytes()).isZero();
    }

    @Test
    void bodyThatWasNotSignedIsRefusedInDynamoDbsWords() {
        AwsEntry entry = entry(AwsService.DYNAMODB, exchange -> unreached());

        run(entry, dynamoDb(), "{\"a\":2}".getBytes(StandardCharsets.UTF_8));

        assertThat(status()).isEqualTo(400);
        assertThat(answer()).contains(
                "\"__type\":\"com.amazon.coral.service#InvalidSignatureException\"");
        assertThat(ended.getFirst().errorCode()).isEqualTo("InvalidSignatureException");
    }

    @Test
    void refusedRequestsBodyIsNotRead() {
        AwsEntry entry = entry(AwsService.DYNAMODB, exchange -> unreached());
        AwsRequestHead head = new AwsRequestHead("POST", "/", "", AwsHeaders
                .of("X-Amz-Target", "DynamoDB_20120810.GetItem", "Host", "localhost"));

        run(entry, head, BODY);

        assertThat(answer()).contains("MissingAuthenticationTokenException");
        assertThat(bodiesRead).hasValue(0);
    }

    @Test
    void s3ErrorsCarryTheIdsOfTheirHeaders() {
        AwsEntry entry = entry(AwsService.S3, exchange -> unreached());

        run(entry, new AwsRequestHead("GET", "/bucket/key", "",
                AwsHeaders.of("Host", "localhost")), new byte[0]);

        String id = response.getHeaders().getFirst("x-amz-request-id");
        assertThat(status()).isEqualTo(403);
        assertThat(answer()).contains("<Code>AccessDenied</Code>",
                "<Resource>/bucket/key</Resource>",
                "<RequestId>" + id + "</RequestId>");
        assertThat(response.getHeaders().getFirst("x-amz-id-2")).isNotBlank();
        assertThat(response.getHeaders().getFirst("Content-Type")).isEqualTo("application/xml");
    }

    @Test
    void unsignedRequestComesThroughOnlyWhereTheHandlerSaysSo() {
        unsignedAccepted = true;
        AwsEntry entry = entry(AwsService.S3, exchange -> {
            assertThat(exchange.identity()).isEqualTo(Identity.ANONYMOUS);
            assertThat(exchange.authorize("s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
            return exchange.respond(204, null, new byte[0]);
        });

        run(entry, new AwsRequestHead("GET", "/b/k", "",
                AwsHeaders.of("Host", "localhost")), new byte[0]);

        assertThat(status()).isEqualTo(204);
    }

    @Test
    void headErrorsHaveNoBody() {
        AwsEntry entry = entry(AwsService.S3, exchange -> exchange
                .respondError(new AwsError("NoSuchKey", 404, "The key does not exist.")));

        run(entry, new SdkSigner(AwsService.S3, NOW).sign(SdkHttpMethod.HEAD,
                ORIGIN + "/bucket/key", new byte[0], request -> {}).head(), new byte[0]);

        assertThat(status()).isEqualTo(404);
        assertThat(answer()).isEmpty();
    }

    @Test
    void s3BodyIsCheckedAgainstTheSignedHash() {
        AwsEntry entry = entry(AwsService.S3, exchange -> exchange.body(100).then());
        AwsRequestHead put = new SdkSigner(AwsService.S3, NOW)
                .sign(SdkHttpMethod.PUT, ORIGIN + "/bucket/key", BODY, request -> {}).head();

        run(entry, put, "{\"a\":2}".getBytes(StandardCharsets.UTF_8));

        assertThat(status()).isEqualTo(400);
        assertThat(answer()).contains("<Code>XAmzContentSHA256Mismatch</Code>");
        assertThat(entry.heldBodyBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"S3, InternalError", "DYNAMODB, InternalServerError", "SQS, InternalFailure"})
    void unexpectedFailureIsAnInternalErrorWithoutItsText(AwsService service, String code) {
        AwsEntry entry = entry(service, exchange -> {
            throw new IllegalStateException("inner detail");
        });

        run(entry, signed(service), BODY);

        assertThat(status()).isEqualTo(500);
        assertThat(answer()).contains(code).doesNotContain("inner detail");
        assertThat(ended.getFirst().errorCode()).isEqualTo(code);
    }

    @Test
    void errorOfAnOperationIsAnsweredAsItIs() {
        AwsEntry entry = entry(AwsService.SQS, exchange -> Mono.error(new AwsErrorException(
                new AwsError("com.amazonaws.sqs#QueueDoesNotExist",
                        "AWS.SimpleQueueService.NonExistentQueue", 400, "No such queue."))));

        run(entry, signed(AwsService.SQS), BODY);

        assertThat(answer()).contains("\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"");
        assertThat(response.getHeaders().getFirst("x-amzn-query-error"))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void serviceWithoutHandlerIsNotImplemented() {
        AwsEntry entry = entry(AwsService.S3, exchange -> unreached());

        run(entry, signed(AwsService.DYNAMODB), BODY);

        assertThat(answer()).contains("UnknownOperationException");
    }

    @Test
    void bodyBeyondItsLimitIsRefusedBeforeItIsRead() {
        AwsEntry entry = entry(limits(6, 1000), AwsService.DYNAMODB, exchange -> unreached());

        run(entry, dynamoDb(), BODY);

        assertThat(status()).isEqualTo(413);
        assertThat(bodiesRead).hasValue(0);
    }

    @Test
    void bodyThatHasNoRoomInMemoryIsThrottled() {
        AwsEntry entry = entry(limits(100, 6), AwsService.DYNAMODB, exchange -> unreached());

        run(entry, dynamoDb(), BODY);

        assertThat(status()).isEqualTo(400);
        assertThat(answer()).contains("ThrottlingException");
        assertThat(entry.heldBodyBytes()).isZero();
    }

    @Test
    void memoryIsHeldUntilTheExchangeEndsAlsoByCancel() {
        AwsEntry entry = entry(AwsService.DYNAMODB, exchange -> Mono.never());

        StepVerifier.create(entry.handle(request(dynamoDb(), BODY), response, ended::add))
                .then(() -> assertThat(entry.heldBodyBytes()).isEqualTo(BODY.length)).thenCancel()
                .verify(Duration.ofSeconds(5));

        assertThat(entry.heldBodyBytes()).isZero();
        assertThat(ended).singleElement()
                .satisfies(summary -> assertThat(summary.status()).isZero());
    }

    private static <T> Mono<T> unreached() {
        return Mono.error(new AssertionError("the handler must not be reached"));
    }

    private AwsEntry entry(AwsService service, Function<AwsExchange, Mono<Void>> handler) {
        return entry(AwsLimits.DEFAULT, service, handler);
    }

    private AwsEntry entry(AwsLimits limits, AwsService service,
            Function<AwsExchange, Mono<Void>> handler) {
        return new AwsEntry(Published.verifier(), new RequestIds(new Random(1)::nextLong),
                Clock.fixed(NOW, ZoneOffset.UTC), limits, List.of(new AwsHandler() {
                    @Override
                    public AwsService service() {
                        return service;
                    }

                    @Override
                    public Mono<Void> handle(AwsExchange exchange) {
                        return handler.apply(exchange);
                    }

                    @Override
                    public String actionOf(AwsExchange exchange) {
                        return "Unknown";
                    }

                    @Override
                    public boolean acceptsUnsigned(AwsRequestHead head) {
                        return unsignedAccepted;
                    }
                }));
    }

    private static AwsLimits limits(int maxBody, long memory) {
        return new AwsLimits(8192, maxBody, maxBody, maxBody, memory);
    }

    private static AwsRequestHead dynamoDb() {
        return signed(AwsService.DYNAMODB);
    }

    private static AwsRequestHead signed(AwsService service) {
        SdkSigner signer = new SdkSigner(service, NOW);
        Signed signed = switch (service) {
            case S3 -> signer.sign(SdkHttpMethod.PUT, ORIGIN + "/bucket/key", BODY, request -> {});
            case SQS -> signer.sign(SdkHttpMethod.POST, ORIGIN + "/", BODY,
                    request -> request.putHeader("X-Amz-Target", "AmazonSQS.SendMessage"));
            case DYNAMODB -> signer.sign(SdkHttpMethod.POST, ORIGIN + "/", BODY,
                    request -> request.putHeader("X-Amz-Target", "DynamoDB_20120810.GetItem"));
        };
        return signed.head();
    }

    private void run(AwsEntry entry, AwsRequestHead head, byte[] body) {
        entry.handle(request(head, body), response, ended::add).block(Duration.ofSeconds(5));
    }

    private MockServerHttpRequest request(AwsRequestHead head, byte[] body) {
        MockServerHttpRequest.BodyBuilder builder = MockServerHttpRequest
                .method(HttpMethod.valueOf(head.method()), URI.create(ORIGIN + head.rawPath()));
        head.headers().names().forEach(name -> builder.header(name,
                head.headers().all(name).toArray(String[]::new)));
        Flux<DataBuffer> buffers = Flux
                .defer(() -> Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                .cast(DataBuffer.class).doOnSubscribe(s -> bodiesRead.incrementAndGet());
        return builder.body(buffers);
    }

    private int status() {
        var status = response.getStatusCode();
        return status == null ? 0 : status.value();
    }

    private String answer() {
        String text = response.getBodyAsString().block(Duration.ofSeconds(5));
        return text == null ? "" : text;
    }
}

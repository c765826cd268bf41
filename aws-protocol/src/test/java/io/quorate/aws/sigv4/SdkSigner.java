package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Signs requests with the AWS SDK's own signer, as its S3, SQS and DynamoDB clients set it up. */
public final class SdkSigner {
    private final AwsService service;
    private final Instant now;
    private boolean payloadSigning = true;
    private boolean chunked;
    private @Nullable ChecksumAlgorithm checksum;
    private @Nullable Duration presigned;

    public SdkSigner(AwsService service, Instant now) {
        this.service = service;
        this.now = now;
    }

    /** A request as it goes out. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    public record Signed(AwsRequestHead head, byte[] body) {}

    public SdkSigner unsignedPayload() {
        this.payloadSigning = false;
        return this;
    }

    public SdkSigner chunked() {
        this.chunked = true;
        return this;
    }

    public SdkSigner trailing(ChecksumAlgorithm algorithm) {
        this.checksum = algorithm;
        return this;
    }

    public SdkSigner presigned(Duration lifetime) {
        this.presigned = lifetime;
        return this;
    }

    public Signed sign(SdkHttpMethod method, String uri, byte[] body,
            Consumer<SdkHttpFullRequest.Builder> more) {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder().method(method)
                .uri(URI.create(uri));
        if (body.length > 0) {
            request.putHeader("Content-Length", Integer.toString(body.length));
        }
        more.accept(request);
        SignRequest.Builder<AwsCredentialsIdentity> signing = SignRequest
                .builder(AwsCredentialsIdentity.create(Published.KEY.id(),
                        Published.KEY.secret()))
                .request(request.build())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.signingName())
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, service != AwsService.S3)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, service != AwsService.S3)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, payloadSigning)
                .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunked)
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC));
        if (presigned == null) {
            // A presigner does not have the payload.
            signing.payload(ContentStreamProvider.fromByteArray(body));
        }
        if (checksum != null) {
            signing.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, checksum);
        }
        if (presigned != null) {
            signing.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, presigned);
        }
        SignedRequest signed = AwsV4HttpSigner.create().sign(signing.build());
        return new Signed(head(signed.request()),
                signed.payload().map(SdkSigner::bytes).orElse(new byte[0]));
    }

    private static AwsRequestHead head(SdkHttpRequest request) {
        String query = SdkHttpUtils.encodeAndFlattenQueryParameters(request.rawQueryParameters())
                .orElse("");
        return new AwsRequestHead(request.method().name(), request.encodedPath(), query,
                AwsHeaders.of(request.headers()));
    }

    private static byte[] bytes(ContentStreamProvider provider) {
        try (InputStream in = provider.newStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

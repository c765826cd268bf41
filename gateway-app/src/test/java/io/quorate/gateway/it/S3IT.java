package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 as clients of the SDK with its own settings see it. */
class S3IT {
    private static final int WRITERS = 64;
    private static final int MIB = 1 << 20;
    private static final String BUCKET = "things";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024, 128 * 1024 + 1, MIB, 8 * MIB})
    void aBodyIsReadAsItWasWritten(int length) {
        byte[] body = bytes(length);

        PutObjectResponse put = s3.putObject(to -> to.bucket(BUCKET).key("length/" + length),
                RequestBody.fromBytes(body));
        ResponseBytes<GetObjectResponse> get = s3
                .getObjectAsBytes(from -> from.bucket(BUCKET).key("length/" + length)
                        .checksumMode(ChecksumMode.ENABLED));

        assertThat(get.asByteArray()).isEqualTo(body);
        assertThat(get.response().eTag()).isEqualTo(put.eTag());
        assertThat(put.checksumCRC32()).isNotBlank();
        assertThat(get.response().checksumCRC32()).isEqualTo(put.checksumCRC32());
        assertThat(get.response().lastModified()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, MIB, 8 * MIB})
    void theAsyncClientReadsWhatItWrote(int length) {
        byte[] body = bytes(length);
        try (S3AsyncClient async = server.clients().s3Async()) {
            async.putObject(to -> to.bucket(BUCKET).key("async/" + length),
                    AsyncRequestBody.fromBytes(body)).join();

            byte[] read = async.getObject(from -> from.bucket(BUCKET).key("async/" + length),
                    AsyncResponseTransformer.toBytes()).join().asByteArray();

            assertThat(read).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ChecksumAlgorithm.class, names = {"CRC32", "SHA1", "SHA256"})
    void aStreamsChecksumComesInItsTrailer(ChecksumAlgorithm algorithm) {
        byte[] body = bytes(300_000);

        PutObjectResponse put = s3.putObject(
                to -> to.bucket(BUCKET).key("sum/" + algorithm).checksumAlgorithm(algorithm),
                RequestBody.fromContentProvider(() -> new java.io.ByteArrayInputStream(body),
                        body.length, "application/octet-stream"));

        assertThat(switch (algorithm) {
            case CRC32 -> put.checksumCRC32();
            case SHA1 -> put.checksumSHA1();
            default -> put.checksumSHA256();
        }).isNotBlank();
        assertThat(s3.getObjectAsBytes(from -> from.bucket(BUCKET).key("sum/" + algorithm))
                .asByteArray()).isEqualTo(body);
    }

    @Test
    void ofManyWritersAtOnceExactlyOneCreatesTheObject() throws Exception {
        List<String> outcomes;
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<String>> writes = IntStream.range(0, WRITERS)
                    .<Callable<String>>mapToObj(i -> () -> create("contended", "writer " + i))
                    .toList();
            outcomes = writers.invokeAll(writes).stream().map(S3IT::outcome).toList();
        }

        List<String> winners = outcomes.stream().filter(o -> o.startsWith("writer")).toList();
        assertThat(winners).hasSize(1);
        assertThat(outcomes.stream().filter("PreconditionFailed"::equals)).hasSize(WRITERS - 1);
        assertThat(s3.getObjectAsBytes(from -> from.bucket(BUCKET).key("contended"))
                .asUtf8String()).isEqualTo(winners.getFirst());
    }

    private static String create(String key, String body) {
        try {
            s3.putObject(to -> to.bucket(BUCKET).key(key).ifNoneMatch("*"),
                    RequestBody.fromString(body));
            return body;
        } catch (S3Exception refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    private static String outcome(Future<String> write) {
        return write.resultNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "./x/../y", "sp ace+plus", "100%", "€/😀", "tail/"})
    void keysMeanNothingButThemselves(String key) {
        s3.putObject(to -> to.bucket(BUCKET).key(key), RequestBody.fromString(key));

        assertThat(s3.getObjectAsBytes(from -> from.bucket(BUCKET).key(key)).asUtf8String())
                .isEqualTo(key);
    }

    @Test
    void aRangeAndMetadataComeBack() {
        s3.putObject(to -> to.bucket(BUCKET).key("ranged").contentType("text/plain")
                .cacheControl("no-cache").metadata(Map.of("colour", "green")),
                RequestBody.fromString("0123456789"));

        ResponseBytes<GetObjectResponse> get = s3
                .getObjectAsBytes(from -> from.bucket(BUCKET).key("ranged").range("bytes=2-4"));

        assertThat(get.asUtf8String()).isEqualTo("234");
        assertThat(get.response().contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(get.response().contentType()).isEqualTo("text/plain");
        assertThat(get.response().cacheControl()).isEqualTo("no-cache");
        assertThat(get.response().metadata()).containsExactly(Map.entry("colour", "green"));
    }

    @Test
    void aReaderWhoHasTheObjectIsToldSo() {
        String etag = s3.putObject(to -> to.bucket(BUCKET).key("etag"),
                RequestBody.fromString("x")).eTag();

        assertThatThrownBy(() -> s3.getObjectAsBytes(
                from -> from.bucket(BUCKET).key("etag").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(S3Exception.class,
                        answer -> assertThat(answer.statusCode()).isEqualTo(304));
    }

    @Test
    void whatIsNotThereHasItsOwnException() {
        assertThatThrownBy(() -> s3.getObjectAsBytes(from -> from.bucket(BUCKET).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.getObjectAsBytes(from -> from.bucket("none").key("none")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void aBucketOfAnotherRegionIsOwnedAlready() {
        s3.createBucket(bucket -> bucket.bucket("european")
                .createBucketConfiguration(in -> in.locationConstraint("eu-west-1")));

        assertThatThrownBy(() -> s3.createBucket(bucket -> bucket.bucket("european")
                .createBucketConfiguration(in -> in.locationConstraint("eu-west-1"))))
                .isInstanceOf(BucketAlreadyOwnedByYouException.class);
    }

    @Test
    void whatIsNotBuiltIsNotImplemented() {
        assertThatThrownBy(() -> s3.getObjectTagging(at -> at.bucket(BUCKET).key("x")))
                .isInstanceOfSatisfying(S3Exception.class, answer -> {
                    assertThat(answer.statusCode()).isEqualTo(501);
                    assertThat(answer.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                });
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class ObjectsTest {
    private static final int ROW = 128 * 1024;
    private static final String OWNER = "000000000000";

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("things");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @AfterEach
    void backToTheOwner() {
        s3.as(S3Endpoint.identity(OWNER, new Permissions.Admin()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ROW - 1, ROW, ROW + 1, 300_000})
    void anObjectOfAnyLengthIsReadAsItWasWritten(int length) {
        byte[] body = bytes(length);

        Answer put = s3.put("/things/length-" + length, body);
        Answer get = s3.get("/things/length-" + length);

        assertThat(put.status()).isEqualTo(200);
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.body()).isEqualTo(body);
        assertThat(get.header("Content-Length")).isEqualTo(Integer.toString(length));
        assertThat(get.header("ETag")).isEqualTo(put.header("ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(get.header("Content-Type")).isEqualTo("binary/octet-stream");
        assertThat(get.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(get.header("Last-Modified"))
                .matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
    }

    @Test
    void theETagIsTheMd5OfTheBody() {
        assertThat(s3.put("/things/etag", "hello").header("ETag"))
                .isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }

    @Test
    void onlyBodiesLongerThanARowAreFiles() {
        long files = s3.files();

        s3.put("/things/small", bytes(ROW));
        assertThat(s3.files()).isEqualTo(files);
        s3.put("/things/large", bytes(ROW + 1));
        assertThat(s3.files()).isEqualTo(files + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/leading", "a//b", "trailing/", ".", "..", "../../etc/passwd",
        "a/./b/../c", "null%00byte", "sp%20ace", "pl%2Bus", "plus+raw", "%E2%82%AC", "100%25",
        "%F0%9F%98%80", "line%0Afeed"})
    void keysMeanNothingButThemselves(String key) {
        String body = "body of " + key;

        assertThat(s3.put("/things/" + key, body).status()).isEqualTo(200);
        assertThat(s3.get("/things/" + key).text()).isEqualTo(body);
    }

    @Test
    void keysThatDifferOnlyInSlashesAreDifferentObjects() {
        s3.put("/things/x/y", "one");
        s3.put("/things/x//y", "two");
        s3.put("/things//x/y", "three");

        assertThat(s3.get("/things/x/y").text()).isEqualTo("one");
        assertThat(s3.get("/things/x//y").text()).isEqualTo("two");
        assertThat(s3.get("/things//x/y").text()).isEqualTo("three");
    }

    @Test
    void aKeyHas1024BytesOfUtf8AtMost() {
        String euros = "%E2%82%AC".repeat(341);

        assertThat(s3.put("/things/" + euros + "x", "most").status()).isEqualTo(200);
        assertThat(s3.get("/things/" + euros + "x").text()).isEqualTo("most");
        assertThat(s3.put("/things/" + euros + "xx", "more").code()).isEqualTo("KeyTooLongError");
    }

    @Test
    void aKeyThatIsNotUtf8IsAnInvalidUri() {
        Answer refused = s3.put("/things/%FF", "x");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("InvalidURI");
    }

    @Test
    void aBucketMayBeNamedByTheHost() {
        s3.put("/things/hosted", "here");

        assertThat(s3.get("/hosted", "Host", "things.localhost:4566").text()).isEqualTo("here");
        assertThat(s3.get("/hosted", "Host", "THINGS.s3.localhost").text()).isEqualTo("here");
        assertThat(s3.get("/things/hosted", "Host", "127.0.0.1:4566").text()).isEqualTo("here");
    }

    @Test
    void whatIsNotThereIsSaidNotToExist() {
        Answer key = s3.get("/things/nowhere%00");
        Answer bucket = s3.get("/no-such-bucket/key");
        Answer put = s3.put("/no-such-bucket/key", "x");
        Answer large = s3.put("/no-such-bucket/key", bytes(ROW + 1));

        assertThat(key.status()).isEqualTo(404);
        assertThat(key.code()).isEqualTo("NoSuchKey");
        assertThat(List.of(bucket, put, large)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NoSuchBucket");
        });
    }

    @Test
    void bucketsOfOthersAreDeniedAndSoIsACallerWithoutPermission() {
        s3.put("/things/mine", "mine");

        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin()));
        assertThat(s3.get("/things/mine").code()).isEqualTo("AccessDenied");
        assertThat(s3.put("/things/mine", "theirs").code()).isEqualTo("AccessDenied");
        s3.as(S3Endpoint.identity(OWNER, new Permissions.Allowed(List.of())));
        assertThat(s3.get("/things/mine").status()).isEqualTo(403);

        backToTheOwner();
        assertThat(s3.get("/things/mine").text()).isEqualTo("mine");
    }

    @Test
    void metadataComesBackAsItWasSent() {
        // Headers carry UTF-8 a byte a char.
        String wire = new String("grün".getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        s3.put("/things/described", "x", "Content-Type", "text/plain; charset=utf-8",
                "Cache-Control", "max-age=60", "Content-Disposition", "inline",
                "Content-Encoding", "aws-chunked,gzip", "Content-Language", "de", "Expires",
                "Wed, 21 Oct 2026 07:28:00 GMT", "x-amz-meta-Colour", wire,
                "x-amz-storage-class", "STANDARD_IA");

        Answer get = s3.get("/things/described");

        assertThat(get.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(get.header("Cache-Control")).isEqualTo("max-age=60");
        assertThat(get.header("Content-Disposition")).isEqualTo("inline");
        assertThat(get.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(get.header("Content-Language")).isEqualTo("de");
        assertThat(get.header("Expires")).isEqualTo("Wed, 21 Oct 2026 07:28:00 GMT");
        assertThat(get.header("x-amz-meta-colour")).isEqualTo(wire);
        assertThat(get.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    }

    @Test
    void theFramingOfTheRequestIsNoEncodingOfTheObject() {
        s3.put("/things/framed", "x", "Content-Encoding", "aws-chunked");

        assertThat(s3.get("/things/framed").headers().containsHeader("Content-Encoding")).isFalse();
    }

    @Test
    void userMetadataHasTwoKilobytesAtMost() {
        assertThat(s3.put("/things/meta", "x", "x-amz-meta-k", "v".repeat(2_047)).status())
                .isEqualTo(200);
        assertThat(s3.put("/things/meta", "x", "x-amz-meta-k", "v".repeat(2_048)).code())
                .isEqualTo("MetadataTooLarge");
    }

    @Test
    void whatSdksSendWithEveryGetIsTaken() {
        s3.put("/things/sdk", "x");

        assertThat(s3.get("/things/sdk?x-id=GetObject", "x-amz-te", "append-md5",
                "x-amz-checksum-crc32", "AAAAAA==", "x-amz-checksum-mode", "ENABLED").text())
                .isEqualTo("x");
    }

    @Test
    void aReaderMayAskForOtherHeaders() {
        s3.put("/things/override", "x", "Content-Type", "text/plain");

        Answer get = s3.get("/things/override?response-content-type=text%2Fcsv"
                + "&response-content-disposition=attachment%3B%20filename%3D%22a.csv%22");
        Answer smuggled = s3.get("/things/override?response-content-type=a%0D%0AX-Y%3A%20z");

        assertThat(get.header("Content-Type")).isEqualTo("text/csv");
        assertThat(get.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"a.csv\"");
        assertThat(smuggled.code()).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0,0,1", "bytes=2-4,2,3", "bytes=90-,90,10", "bytes=-7,93,7",
        "bytes=-1000,0,100", "bytes=50-1000,50,50"})
    void aRangeIsAnsweredPartially(String range, int first, int count) {
        byte[] body = bytes(100);
        s3.put("/things/ranged", body);

        Answer get = s3.get("/things/ranged", "Range", range);

        assertThat(get.status()).isEqualTo(206);
        assertThat(get.body()).isEqualTo(Arrays.copyOfRange(body, first, first + count));
        assertThat(get.header("Content-Range"))
                .isEqualTo("bytes " + first + "-" + (first + count - 1) + "/100");
        assertThat(get.header("Content-Length")).isEqualTo(Integer.toString(count));
    }

    @Test
    void aRangeOfAFileIsAnsweredPartially() {
        byte[] body = bytes(300_000);
        s3.put("/things/ranged-file", body);

        Answer get = s3.get("/things/ranged-file", "Range", "bytes=131072-262143");

        assertThat(get.status()).isEqualTo(206);
        assertThat(get.body()).isEqualTo(Arrays.copyOfRange(body, 131_072, 262_144));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aRangeOutsideTheObjectIsNotSatisfiable(String range) {
        s3.put("/things/ranged", bytes(100));

        Answer get = s3.get("/things/ranged", "Range", range);

        assertThat(get.status()).isEqualTo(416);
        assertThat(get.code()).isEqualTo("InvalidRange");
        assertThat(get.text()).contains("<ActualObjectSize>100</ActualObjectSize>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=0-1,3-4"})
    void whatIsNoSingleRangeIsIgnored(String range) {
        s3.put("/things/ranged", bytes(100));

        Answer get = s3.get("/things/ranged", "Range", range);

        assertThat(get.status()).isEqualTo(200);
        assertThat(get.body()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-checksum-crc32", "x-amz-checksum-crc32c",
        "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1", "x-amz-checksum-sha256"})
    void aChecksumSentIsStoredAndShownToThoseWhoAsk(String header) {
        byte[] body = bytes(1_000);
        String checksum = checksum(header, body);

        Answer put = s3.put("/things/sum", body, header, checksum);
        Answer asked = s3.get("/things/sum", "x-amz-checksum-mode", "ENABLED");

        assertThat(put.header(header)).isEqualTo(checksum);
        assertThat(asked.header(header)).isEqualTo(checksum);
        assertThat(asked.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
        assertThat(s3.get("/things/sum").headers().containsHeader(header)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 200_000})
    void aChecksumInTheTrailerIsStoredAndShown(int length) {
        byte[] body = bytes(length);
        String checksum = checksum("x-amz-checksum-crc32", body);

        Answer put = putChunked("/things/trailer", body, checksum);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("x-amz-checksum-crc32")).isEqualTo(checksum);
        Answer get = s3.get("/things/trailer", "x-amz-checksum-mode", "ENABLED");
        assertThat(get.body()).isEqualTo(body);
        assertThat(get.header("x-amz-checksum-crc32")).isEqualTo(checksum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 200_000})
    void aWrongChecksumInTheTrailerStoresNothing(int length) {
        long files = s3.files();

        Answer put = putChunked("/things/wrong-" + length, bytes(length), "AAAAAA==");

        assertThat(put.status()).isEqualTo(400);
        assertThat(put.code()).isEqualTo("BadDigest");
        assertThat(s3.get("/things/wrong-" + length).code()).isEqualTo("NoSuchKey");
        await().untilAsserted(() -> assertThat(s3.files()).isEqualTo(files));
    }

    private static Answer putChunked(String path, byte[] body, String checksum) {
        byte[] head = (Integer.toHexString(body.length) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ("\r\n0\r\nx-amz-checksum-crc32:" + checksum + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] framed = ByteBuffer.allocate(head.length + body.length + tail.length).put(head)
                .put(body).put(tail).array();
        return s3.put(path, framed, "Content-Encoding", "aws-chunked", "x-amz-content-sha256",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-trailer", "x-amz-checksum-crc32",
                "x-amz-decoded-content-length", Integer.toString(body.length));
    }

    @ParameterizedTest
    @CsvSource({"Content-MD5,XrY7u+Ae7tCTyyK7j1rNww==,BadDigest", "Content-MD5,abc,InvalidDigest",
        "x-amz-checksum-crc32,AAAAAA==,BadDigest",
        "x-amz-checksum-sha256,abc,InvalidRequest"})
    void aWrongDigestStoresNothing(String header, String value, String code) {
        s3.put("/things/kept", "before");

        Answer put = s3.put("/things/kept", "after", header, value);

        assertThat(put.status()).isEqualTo(400);
        assertThat(put.code()).isEqualTo(code);
        assertThat(s3.get("/things/kept").text()).isEqualTo("before");
    }

    @Test
    void theHashOfASignedPayloadIsNoChecksumOfTheObject() {
        byte[] body = bytes(10);
        String hex = java.util.HexFormat.of().formatHex(
                Base64.getDecoder().decode(checksum("x-amz-checksum-sha256", body)));

        Answer put = s3.put("/things/signed", body, "x-amz-content-sha256", hex);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.headers().containsHeader("x-amz-checksum-sha256")).isFalse();
    }

    @Test
    void aRepeatedPutDoesNotUndoWhatOthersWrote() {
        s3.put("/things/retried", "mine", "amz-sdk-invocation-id", "1", "If-None-Match", "*");
        s3.put("/things/retried", "theirs");

        Answer again = s3.put("/things/retried", "mine", "amz-sdk-invocation-id", "1",
                "If-None-Match", "*");

        assertThat(again.status()).isEqualTo(200);
        assertThat(s3.get("/things/retried").text()).isEqualTo("theirs");
    }

    @Test
    void aReaderWhoRacesWithAnOverwriteSeesOneOfTheTwo() {
        byte[] small = bytes(ROW);
        byte[] large = bytes(ROW + 1);
        s3.put("/things/raced", small);

        List<Answer> reads = Flux.merge(
                Flux.range(0, 40).concatMap(i -> s3.send("PUT", "/things/raced",
                        i % 2 == 0 ? large : small)).thenMany(Flux.empty()),
                Flux.range(0, 200).flatMap(i -> s3.send("GET", "/things/raced", new byte[0]), 8))
                .collectList().block();

        assertThat(reads).hasSize(200).allSatisfy(read -> {
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.body()).isIn(small, large);
        });
    }

    private static String checksum(String header, byte[] body) {
        var checksum = ChecksumAlgorithm.ofHeader(header).orElseThrow().newChecksum();
        checksum.update(ByteBuffer.wrap(body));
        return Base64.getEncoder().encodeToString(checksum.digest());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

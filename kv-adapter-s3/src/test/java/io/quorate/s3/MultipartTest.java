package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.checksum.Checksum;
import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MultipartTest {
    private static final int MIN_PART = 5 << 20;
    private static final String NOBODY = "0".repeat(32);

    @TempDir
    static Path directory;

    private static S3Endpoint s3;
    private static byte[] large;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("things").withBucket("lists");
        large = new byte[MIN_PART];
        new Random(1).nextBytes(large);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @Test
    void partsMakeAnObjectInTheOrderOfTheirNumbers() {
        String upload = begin("ordered", "x-amz-meta-colour", "blue", "Content-Type", "text/x");
        String last = part("ordered", upload, 9, "the end".getBytes(StandardCharsets.UTF_8))
                .header("ETag");
        String first = part("ordered", upload, 2, large).header("ETag");

        Answer done = complete("ordered", upload, 2, first, 9, last);
        Answer get = s3.get("/things/ordered");

        assertThat(done.status()).isEqualTo(200);
        assertThat(get.body()).isEqualTo(joined(large, "the end".getBytes(StandardCharsets.UTF_8)));
        assertThat(get.header("ETag"))
                .isEqualTo(etag(large, "the end".getBytes(StandardCharsets.UTF_8)));
        assertThat(get.header("x-amz-meta-colour")).isEqualTo("blue");
        assertThat(get.header("Content-Type")).isEqualTo("text/x");
    }

    @Test
    void aRangeMayBeginInOnePartAndEndInTheNext() {
        String upload = begin("ranged");
        String first = part("ranged", upload, 1, large).header("ETag");
        String second = part("ranged", upload, 2, large).header("ETag");
        complete("ranged", upload, 1, first, 2, second);

        Answer get = s3.get("/things/ranged", "Range",
                "bytes=" + (MIN_PART - 70_000) + "-" + (MIN_PART + 70_000 - 1));

        assertThat(get.status()).isEqualTo(206);
        assertThat(get.body()).isEqualTo(joined(
                Arrays.copyOfRange(large, MIN_PART - 70_000, MIN_PART),
                Arrays.copyOf(large, 70_000)));
    }

    @Test
    void nothingIsVisibleBeforeTheUploadIsComplete() {
        String upload = begin("early");
        part("early", upload, 1, "x".getBytes(StandardCharsets.UTF_8));

        assertThat(s3.get("/things/early").code()).isEqualTo("NoSuchKey");
        assertThat(s3.get("/things?list-type=2&prefix=early").text()).doesNotContain("<Key>");
    }

    @Test
    void aRepeatedCompleteHearsOfTheSameObject() {
        String upload = begin("twice");
        String etag = part("twice", upload, 1, "x".getBytes(StandardCharsets.UTF_8)).header("ETag");

        Answer first = complete("twice", upload, 1, etag);
        Answer second = complete("twice", upload, 1, etag);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void ofManyWhoCompleteAtOnceAllHearOfOneObject() {
        String upload = begin("raced");
        String etag = part("raced", upload, 1, "x".getBytes(StandardCharsets.UTF_8)).header("ETag");

        List<Answer> answers = Flux.range(0, 16)
                .flatMap(i -> send("raced", upload, 1, etag), 16).collectList().blockOptional()
                .orElseThrow();

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers).extracting(Answer::text).containsOnly(answers.getFirst().text());
    }

    @Test
    void aPartThatIsTooSmallOrWrongOrMissingIsRefusedAndTheUploadStays() {
        String upload = begin("refused");
        String small = part("refused", upload, 1, "x".getBytes(StandardCharsets.UTF_8))
                .header("ETag");
        String last = part("refused", upload, 2, "y".getBytes(StandardCharsets.UTF_8))
                .header("ETag");

        assertThat(complete("refused", upload, 1, small, 2, last).code())
                .isEqualTo("EntityTooSmall");
        assertThat(complete("refused", upload, 1, "\"00\"").code()).isEqualTo("InvalidPart");
        assertThat(complete("refused", upload, 3, small).code()).isEqualTo("InvalidPart");
        assertThat(complete("refused", upload, 2, last, 1, small).code())
                .isEqualTo("InvalidPartOrder");
        assertThat(complete("refused", upload).code()).isEqualTo("MalformedXML");
        assertThat(complete("refused", upload, 1, small).status()).isEqualTo(200);
    }

    @Test
    void anUploadThatIsNotOpenIsRefused() {
        assertThat(part("none", NOBODY, 1, "x".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("NoSuchUpload");
        assertThat(part("none", "nonsense", 1, "x".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("NoSuchUpload");
        assertThat(complete("none", NOBODY, 1, "\"00\"").code()).isEqualTo("NoSuchUpload");
        assertThat(abort("none", NOBODY).code()).isEqualTo("NoSuchUpload");
        assertThat(s3.get("/things/none?uploadId=" + NOBODY).code()).isEqualTo("NoSuchUpload");
    }

    @Test
    void aPartNumberIsFromOneToTenThousand() {
        String upload = begin("numbers");

        assertThat(part("numbers", upload, 0, new byte[1]).code()).isEqualTo("InvalidArgument");
        assertThat(part("numbers", upload, 10_001, new byte[1]).code())
                .isEqualTo("InvalidArgument");
        assertThat(part("numbers", upload, 10_000, new byte[1]).status()).isEqualTo(200);
    }

    @Test
    void conditionsHoldForTheObjectThatAnUploadMakes() {
        s3.put("/things/guarded", "old");
        String upload = begin("guarded");
        String etag = part("guarded", upload, 1, "new".getBytes(StandardCharsets.UTF_8))
                .header("ETag");

        Answer refused = S3Endpoint.wait(s3.send("POST", "/things/guarded?uploadId=" + upload,
                document(1, etag), "If-None-Match", "*"));
        Answer done = S3Endpoint.wait(s3.send("POST", "/things/guarded?uploadId=" + upload,
                document(1, etag), "If-Match", s3.get("/things/guarded").header("ETag")));

        assertThat(refused.code()).isEqualTo("PreconditionFailed");
        assertThat(done.status()).isEqualTo(200);
        assertThat(s3.get("/things/guarded").text()).isEqualTo("new");
    }

    @Test
    void theChecksumOfPartsIsThatOfTheWholeObject() {
        String upload = begin("summed", "x-amz-checksum-algorithm", "CRC32",
                "x-amz-checksum-type", "FULL_OBJECT");
        String first = part("summed", upload, 1, large).header("ETag");
        String second = part("summed", upload, 2, "the end".getBytes(StandardCharsets.UTF_8))
                .header("ETag");
        complete("summed", upload, 1, first, 2, second);

        Answer get = s3.get("/things/summed", "x-amz-checksum-mode", "ENABLED");

        assertThat(get.header("x-amz-checksum-crc32")).isEqualTo(base64(digest(
                ChecksumAlgorithm.CRC32,
                joined(large, "the end".getBytes(StandardCharsets.UTF_8)))));
        assertThat(get.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    }

    @Test
    void aCompositeChecksumIsOfThePartsChecksums() {
        String upload = begin("composed", "x-amz-checksum-algorithm", "SHA256");
        String first = part("composed", upload, 1, large).header("ETag");
        String second = part("composed", upload, 2, "the end".getBytes(StandardCharsets.UTF_8))
                .header("ETag");
        complete("composed", upload, 1, first, 2, second);

        Answer get = s3.get("/things/composed", "x-amz-checksum-mode", "ENABLED");

        assertThat(get.header("x-amz-checksum-sha256")).isEqualTo(base64(digest(
                ChecksumAlgorithm.SHA256,
                joined(digest(ChecksumAlgorithm.SHA256, large),
                        digest(ChecksumAlgorithm.SHA256,
                                "the end".getBytes(StandardCharsets.UTF_8)))))
                + "-2");
        assertThat(get.header("x-amz-checksum-type")).isEqualTo("COMPOSITE");
    }

    @Test
    void partsAreListedInPages() {
        String upload = begin("parts");
        for (int number : new int[]{5, 1, 3}) {
            part("parts", upload, number, new byte[number]);
        }

        String first = s3.get("/things/parts?uploadId=" + upload + "&max-parts=2").text();
        String rest = s3.get("/things/parts?uploadId=" + upload + "&part-number-marker=3").text();

        assertThat(first).contains("<PartNumber>1</PartNumber>", "<PartNumber>3</PartNumber>",
                "<NextPartNumberMarker>3</NextPartNumberMarker>",
                "<IsTruncated>true</IsTruncated>").doesNotContain("<PartNumber>5</PartNumber>");
        assertThat(rest).contains("<PartNumber>5</PartNumber>", "<Size>5</Size>",
                "<IsTruncated>false</IsTruncated>").doesNotContain("<PartNumber>3</PartNumber>");
    }

    @Test
    void uploadsAreListedByKeyAndRolledUp() {
        for (String key : new String[]{"b/1", "a", "b/2", "c"}) {
            create("/lists/" + key);
        }

        String rolled = s3.get("/lists?uploads&delimiter=/").text();
        String page = s3.get("/lists?uploads&max-uploads=2").text();
        String rest = s3.get("/lists?uploads&key-marker=b/1").text();

        assertThat(rolled).contains("<Key>a</Key>", "<Prefix>b/</Prefix>", "<Key>c</Key>")
                .doesNotContain("<Key>b/1</Key>");
        assertThat(page).contains("<Key>a</Key>", "<Key>b/1</Key>",
                "<NextKeyMarker>b/1</NextKeyMarker>", "<IsTruncated>true</IsTruncated>");
        assertThat(rest).contains("<Key>b/2</Key>", "<Key>c</Key>").doesNotContain("<Key>a</Key>");
    }

    private static String begin(String key, String... headers) {
        return create("/things/" + key, headers);
    }

    private static String create(String path, String... headers) {
        String text = s3.call("POST", path + "?uploads", headers).text();
        return text.substring(text.indexOf("<UploadId>") + 10, text.indexOf("</UploadId>"));
    }

    private static Answer part(String key, String upload, int number, byte[] body) {
        return s3.put("/things/" + key + "?partNumber=" + number + "&uploadId=" + upload, body);
    }

    private static Answer abort(String key, String upload) {
        return s3.call("DELETE", "/things/" + key + "?uploadId=" + upload);
    }

    private static Answer complete(String key, String upload, Object... parts) {
        return S3Endpoint.wait(send(key, upload, parts));
    }

    private static Mono<Answer> send(String key, String upload, Object... parts) {
        return s3.send("POST", "/things/" + key + "?uploadId=" + upload, document(parts));
    }

    private static byte[] document(Object... parts) {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < parts.length; i += 2) {
            xml.append("<Part><PartNumber>").append(parts[i]).append("</PartNumber><ETag>")
                    .append(parts[i + 1]).append("</ETag></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String etag(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = joined(all, digest(ChecksumAlgorithm.MD5, part));
        }
        return '"' + HexFormat.of().formatHex(digest(ChecksumAlgorithm.MD5, all)) + "-"
                + parts.length + '"';
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] digest(ChecksumAlgorithm algorithm, byte[] bytes) {
        Checksum checksum = algorithm.newChecksum();
        checksum.update(ByteBuffer.wrap(bytes));
        return checksum.digest();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

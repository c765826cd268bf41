package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Multipart uploads as clients of the SDK with its own settings see them. */
class S3MultipartIT {
    private static final int MIN_PART = 5 << 20;
    private static final String BUCKET = "uploads";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static S3Client s3;
    private static byte[] body;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
        s3.createBucket(to -> to.bucket(BUCKET));
        body = new byte[2 * MIN_PART + 1_000];
        new Random(3).nextBytes(body);
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    @Test
    void partsBecomeTheObjectWithItsCompositeChecksum() {
        CreateMultipartUploadResponse upload = s3.createMultipartUpload(to -> to.bucket(BUCKET)
                .key("whole").checksumAlgorithm(ChecksumAlgorithm.CRC32));
        List<CompletedPart> parts = List.of(part(upload, 1, 0, MIN_PART),
                part(upload, 2, MIN_PART, 2 * MIN_PART),
                part(upload, 3, 2 * MIN_PART, body.length));

        CompleteMultipartUploadResponse done = s3.completeMultipartUpload(to -> to.bucket(BUCKET)
                .key("whole").uploadId(upload.uploadId()).multipartUpload(made -> made
                        .parts(parts)));

        var get = s3.getObjectAsBytes(from -> from.bucket(BUCKET).key("whole")
                .checksumMode(ChecksumMode.ENABLED));
        GetObjectResponse head = get.response();
        assertThat(get.asByteArray()).isEqualTo(body);
        assertThat(done.eTag()).endsWith("-3\"").isEqualTo(head.eTag());
        assertThat(done.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        assertThat(head.checksumCRC32()).isEqualTo(done.checksumCRC32()).endsWith("-3");
        assertThat(s3.listObjectsV2(of -> of.bucket(BUCKET).prefix("whole")).contents())
                .singleElement()
                .satisfies(object -> assertThat(object.size()).isEqualTo(body.length));
    }

    @Test
    void openUploadsAndTheirPartsAreListedUntilTheyAreAborted() {
        CreateMultipartUploadResponse upload = s3
                .createMultipartUpload(to -> to.bucket(BUCKET).key("open/one"));
        part(upload, 7, 0, 1_000);

        assertThat(s3.listPartsPaginator(of -> of.bucket(BUCKET).key("open/one")
                .uploadId(upload.uploadId())).parts()).singleElement()
                .satisfies(part -> assertThat(part.partNumber()).isEqualTo(7));
        assertThat(s3.listMultipartUploadsPaginator(of -> of.bucket(BUCKET).prefix("open/"))
                .uploads()).singleElement()
                .satisfies(open -> assertThat(open.uploadId()).isEqualTo(upload.uploadId()));
        assertThatThrownBy(() -> s3.headObject(of -> of.bucket(BUCKET).key("open/one")))
                .isInstanceOf(NoSuchKeyException.class);

        s3.abortMultipartUpload(of -> of.bucket(BUCKET).key("open/one")
                .uploadId(upload.uploadId()));

        assertThatThrownBy(() -> part(upload, 8, 0, 10))
                .isInstanceOf(NoSuchUploadException.class);
        assertThat(s3.listMultipartUploads(of -> of.bucket(BUCKET).prefix("open/")).uploads())
                .isEmpty();
    }

    private static CompletedPart part(CreateMultipartUploadResponse upload, int number, int from,
            int to) {
        UploadPartResponse put = s3.uploadPart(
                part -> part.bucket(upload.bucket()).key(upload.key())
                        .uploadId(upload.uploadId()).partNumber(number)
                        .checksumAlgorithm(upload.checksumAlgorithm()),
                RequestBody.fromBytes(Arrays.copyOfRange(body, from, to)));
        return CompletedPart.builder().partNumber(number).eTag(put.eTag())
                .checksumCRC32(put.checksumCRC32()).build();
    }
}

package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasedPartsTest {
    @TempDir
    Path directory;

    @Test
    void thePartsOfAnAbortedUploadLeaveNoFile() throws Exception {
        try (S3Endpoint s3 = new S3Endpoint(directory, Duration.ofMillis(100))
                .withBucket("things")) {
            String upload = begin(s3);
            parts(s3, upload);
            assertThat(s3.files()).isEqualTo(3);

            assertThat(s3.call("DELETE", "/things/key?uploadId=" + upload).status())
                    .isEqualTo(204);

            await().atMost(Duration.ofSeconds(60)).until(() -> s3.files() == 0);
            assertThat(s3.call("DELETE", "/things").status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void thePartsOfAnObjectThatIsGoneLeaveNoFile(String method) throws Exception {
        try (S3Endpoint s3 = new S3Endpoint(directory, Duration.ofMillis(100))
                .withBucket("things")) {
            String upload = begin(s3);
            List<String> etags = parts(s3, upload);
            Answer done = S3Endpoint.wait(s3.send("POST", "/things/key?uploadId=" + upload,
                    ("<CompleteMultipartUpload><Part><PartNumber>3</PartNumber><ETag>"
                            + etags.get(2) + "</ETag></Part></CompleteMultipartUpload>")
                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(done.status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60)).until(() -> s3.files() == 1);
            assertThat(s3.get("/things/key").body()).hasSize(200_000);

            s3.call(method, "/things/key");
            s3.call("DELETE", "/things/key");

            await().atMost(Duration.ofSeconds(60)).until(() -> s3.files() == 0);
            assertThat(s3.call("DELETE", "/things").status()).isEqualTo(204);
        }
    }

    private static String begin(S3Endpoint s3) {
        String text = s3.call("POST", "/things/key?uploads").text();
        return text.substring(text.indexOf("<UploadId>") + 10, text.indexOf("</UploadId>"));
    }

    private static List<String> parts(S3Endpoint s3, String upload) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(number -> s3.put("/things/key?partNumber=" + number + "&uploadId="
                        + upload, new byte[200_000]).header("ETag"))
                .toList();
    }
}

package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedPartsTest {
    @TempDir
    Path directory;

    @Test
    void thePartsOfAnAbortedUploadLeaveNoFile() throws Exception {
        try (S3Endpoint s3 = new S3Endpoint(directory, Duration.ofMillis(100))
                .withBucket("things")) {
            String text = s3.call("POST", "/things/key?uploads").text();
            String upload = text.substring(text.indexOf("<UploadId>") + 10,
                    text.indexOf("</UploadId>"));
            for (int number = 1; number <= 3; number++) {
                s3.put("/things/key?partNumber=" + number + "&uploadId=" + upload,
                        new byte[200_000]);
            }
            assertThat(s3.files()).isEqualTo(3);

            assertThat(s3.call("DELETE", "/things/key?uploadId=" + upload).status())
                    .isEqualTo(204);

            await().atMost(Duration.ofSeconds(60)).until(() -> s3.files() == 0);
            assertThat(s3.call("DELETE", "/things").status()).isEqualTo(204);
        }
    }
}

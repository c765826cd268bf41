package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedBodiesTest {
    @TempDir
    Path directory;

    @Test
    void theFileOfAReplacedBodyIsRemoved() throws Exception {
        try (S3Endpoint s3 = new S3Endpoint(directory, Duration.ofMillis(200))
                .withBucket("things")) {
            s3.put("/things/replaced", new byte[200_000]);
            assertThat(s3.files()).isEqualTo(1);

            s3.put("/things/replaced", "small");

            await().untilAsserted(() -> assertThat(s3.files()).isZero());
            assertThat(s3.get("/things/replaced").text()).isEqualTo("small");
        }
    }

    @Test
    void theFileOfARepeatedAttemptIsRemovedAtOnce(@TempDir Path directory) throws Exception {
        try (S3Endpoint s3 = new S3Endpoint(directory, Duration.ofHours(1)).withBucket("bodies")) {
            byte[] body = new byte[200_000];
            String first = s3.put("/bodies/k", body, "amz-sdk-invocation-id", "1").header("ETag");

            assertThat(s3.put("/bodies/k", body, "amz-sdk-invocation-id", "1").header("ETag"))
                    .isEqualTo(first);

            assertThat(s3.files()).isEqualTo(1);
            assertThat(s3.get("/bodies/k").body()).isEqualTo(body);
        }
    }
}

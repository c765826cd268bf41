package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class ConditionsTest {
    private static final int WRITERS = 64;
    private static final String PAST = "Mon, 03 Nov 2025 00:00:00 GMT";
    private static final String FUTURE = "Thu, 03 Nov 2050 00:00:00 GMT";

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

    @Test
    void ifNoneMatchStarCreatesButDoesNotReplace() {
        Answer first = s3.put("/things/once", "one", "If-None-Match", "*");
        Answer second = s3.put("/things/once", "two", "If-None-Match", "*");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.code()).isEqualTo("PreconditionFailed");
        assertThat(s3.get("/things/once").text()).isEqualTo("one");
    }

    @Test
    void aLargeBodyThatMayNotReplaceLeavesNoFile() {
        s3.put("/things/once-large", "one");
        long files = s3.files();

        Answer second = s3.put("/things/once-large", new byte[200_000], "If-None-Match", "*");

        assertThat(second.status()).isEqualTo(412);
        assertThat(s3.files()).isEqualTo(files);
    }

    @Test
    void ifMatchReplacesOnlyWhatWasSeen() {
        String seen = s3.put("/things/seen", "one").header("ETag");

        Answer mine = s3.put("/things/seen", "two", "If-Match", seen);
        Answer theirs = s3.put("/things/seen", "three", "If-Match", seen);

        assertThat(mine.status()).isEqualTo(200);
        assertThat(theirs.code()).isEqualTo("PreconditionFailed");
        assertThat(s3.get("/things/seen").text()).isEqualTo("two");
    }

    @Test
    void ifMatchOfAnObjectThatIsNotThereFails() {
        Answer put = s3.put("/things/never", "x", "If-Match", "\"abc\"");

        assertThat(put.status()).isEqualTo(404);
        assertThat(put.code()).isEqualTo("NoSuchKey");
    }

    @Test
    void ofManyWritersAtOnceExactlyOneWins() {
        List<Answer> answers = Flux.range(0, WRITERS)
                .flatMap(i -> s3.send("PUT", "/things/contended",
                        Integer.toString(i).getBytes(StandardCharsets.UTF_8), "If-None-Match",
                        "*"), WRITERS)
                .collectList().blockOptional().orElseThrow();

        assertThat(answers).hasSize(WRITERS);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 412))
                .hasSize(WRITERS - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: \"abc\"", "If-Match: *"})
    void conditionsThatS3DoesNotHaveAreNotImplemented(String condition) {
        String[] header = condition.split(": ");

        Answer put = s3.put("/things/odd", "x", header[0], header[1]);

        assertThat(put.status()).isEqualTo(501);
        assertThat(put.code()).isEqualTo("NotImplemented");
        assertThat(s3.get("/things/odd").status()).isEqualTo(404);
    }

    @Test
    void aReaderWhoHasTheObjectIsToldSo() {
        String etag = s3.put("/things/read", "body").header("ETag");

        Answer get = s3.get("/things/read", "If-None-Match", etag);

        assertThat(get.status()).isEqualTo(304);
        assertThat(get.body()).isEmpty();
        assertThat(get.header("ETag")).isEqualTo(etag);
        assertThat(s3.get("/things/read", "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(s3.get("/things/read", "If-None-Match", "\"a\", " + etag).status())
                .isEqualTo(304);
        assertThat(s3.get("/things/read", "If-None-Match", "\"other\"").text()).isEqualTo("body");
        assertThat(s3.get("/things/read", "If-Modified-Since", FUTURE).status()).isEqualTo(304);
        assertThat(s3.get("/things/read", "If-Modified-Since", PAST).status()).isEqualTo(200);
    }

    @Test
    void aReaderWhoDemandsAnotherObjectIsRefused() {
        String etag = s3.put("/things/read", "body").header("ETag");

        Answer get = s3.get("/things/read", "If-Match", "\"other\"");

        assertThat(get.status()).isEqualTo(412);
        assertThat(get.code()).isEqualTo("PreconditionFailed");
        assertThat(s3.get("/things/read", "If-Match", etag).status()).isEqualTo(200);
        assertThat(s3.get("/things/read", "If-Match", etag.replace("\"", "")).status())
                .isEqualTo(200);
        assertThat(s3.get("/things/read", "If-Unmodified-Since", PAST).status()).isEqualTo(412);
        assertThat(s3.get("/things/read", "If-Unmodified-Since", FUTURE).status()).isEqualTo(200);
    }

    @Test
    void tagsWinOverDates() {
        String etag = s3.put("/things/read", "body").header("ETag");

        assertThat(s3.get("/things/read", "If-Match", etag, "If-Unmodified-Since", PAST).status())
                .isEqualTo(200);
        assertThat(s3.get("/things/read", "If-None-Match", "\"other\"", "If-Modified-Since",
                FUTURE).status()).isEqualTo(200);
    }
}

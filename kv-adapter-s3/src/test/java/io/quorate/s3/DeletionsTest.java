package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {
    private static final int LARGE = 200_000;

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory, Duration.ofMillis(200)).withBucket("some");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @AfterEach
    void backToTheOwner() {
        s3.as(S3Endpoint.identity("000000000000", new Permissions.Admin()));
    }

    @Test
    void deletedObjectIsGoneAndDeletingItAgainIsNoError() {
        s3.put("/some/gone", "x");

        assertThat(s3.call("DELETE", "/some/gone").status()).isEqualTo(204);

        assertThat(s3.get("/some/gone").code()).isEqualTo("NoSuchKey");
        assertThat(s3.call("DELETE", "/some/gone").status()).isEqualTo(204);
    }

    @Test
    void fileOfADeletedObjectIsRemoved() {
        s3.put("/some/large", new byte[LARGE]);
        assertThat(s3.files()).isEqualTo(1);

        assertThat(s3.call("DELETE", "/some/large").status()).isEqualTo(204);

        await().until(() -> s3.files() == 0);
    }

    @Test
    void objectIsDeletedOnlyIfItsEtagMatches() {
        String etag = s3.put("/some/matched", "x").header("ETag");

        assertThat(s3.call("DELETE", "/some/matched", "If-Match", "\"other\"").code())
                .isEqualTo("PreconditionFailed");
        assertThat(s3.get("/some/matched").status()).isEqualTo(200);
        assertThat(s3.call("DELETE", "/some/matched", "If-Match", etag).status()).isEqualTo(204);
        assertThat(s3.get("/some/matched").status()).isEqualTo(404);
    }

    @Test
    void manyObjectsAreDeletedAtOnce() {
        s3.put("/some/m1", "x");
        s3.put("/some/m2", "x");

        Answer answer = delete("some", "<Delete><Object><Key>m1</Key></Object>"
                + "<Object><Key>m2</Key><ETag>\"other\"</ETag></Object>"
                + "<Object><Key>absent</Key></Object></Delete>");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<Deleted><Key>m1</Key></Deleted>",
                "<Deleted><Key>absent</Key></Deleted>",
                "<Error><Key>m2</Key><Code>PreconditionFailed</Code>");
        assertThat(s3.get("/some/m1").status()).isEqualTo(404);
        assertThat(s3.get("/some/m2").status()).isEqualTo(200);
    }

    @Test
    void quietRequestIsToldOfFailuresOnly() {
        Answer answer = delete("some",
                "<Delete><Quiet>true</Quiet><Object><Key>q</Key></Object></Delete>");

        assertThat(answer.text()).doesNotContain("<Deleted>");
    }

    @Test
    void manyObjectsNeedADigestAndADocument() {
        byte[] body = "<Delete><Object><Key>x</Key></Object></Delete>"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(S3Endpoint.wait(s3.send("POST", "/some?delete", body)).code())
                .isEqualTo("InvalidRequest");
        assertThat(delete("some", "<Delete></Delete>").code()).isEqualTo("MalformedXML");
        assertThat(delete("some", "<Delete>").code()).isEqualTo("MalformedXML");
        assertThat(delete("some", "<Delete><Object><Key>x</Key><VersionId>1</VersionId></Object>"
                + "</Delete>").code()).isEqualTo("NotImplemented");
        assertThat(delete("absent", "<Delete><Object><Key>x</Key></Object></Delete>").code())
                .isEqualTo("NoSuchBucket");
    }

    @Test
    void onlyAnEmptyBucketIsDeleted() {
        s3.withBucket("full");
        s3.put("/full/x", "x");

        assertThat(s3.call("DELETE", "/full").code()).isEqualTo("BucketNotEmpty");
        s3.call("DELETE", "/full/x");
        assertThat(s3.call("DELETE", "/full").status()).isEqualTo(204);

        assertThat(s3.call("HEAD", "/full").status()).isEqualTo(404);
        assertThat(s3.put("/full/x", "x").code()).isEqualTo("NoSuchBucket");
        assertThat(s3.call("DELETE", "/full").code()).isEqualTo("NoSuchBucket");
        assertThat(s3.withBucket("full").get("/full?list-type=2").text())
                .doesNotContain("<Contents>");
    }

    @Test
    void nobodyDeletesWhatIsAnothers() {
        s3.put("/some/kept", "x");
        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin()));

        assertThat(s3.call("DELETE", "/some/kept").code()).isEqualTo("AccessDenied");
        assertThat(s3.call("DELETE", "/some").code()).isEqualTo("AccessDenied");
        assertThat(s3.call("HEAD", "/some").status()).isEqualTo(403);
    }

    @Test
    void bucketsAreFoundAndListed() {
        s3.withBucket("listed-1").withBucket("listed-2");
        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin())).withBucket(
                "listed-theirs");
        backToTheOwner();

        Answer first = s3.get("/?prefix=listed&max-buckets=1");
        String token = first.text().replaceAll("(?s).*<ContinuationToken>(.*?)<.*", "$1");
        Answer second = s3.get("/?prefix=listed&max-buckets=1&continuation-token=" + token);

        assertThat(first.text()).contains("<Name>listed-1</Name>").doesNotContain("listed-2");
        assertThat(second.text()).contains("<Name>listed-2</Name>").doesNotContain("theirs")
                .doesNotContain("<ContinuationToken>");
        assertThat(s3.get("/?max-buckets=0").code()).isEqualTo("InvalidArgument");
        assertThat(s3.call("HEAD", "/listed-1").header("x-amz-bucket-region"))
                .isEqualTo("us-east-1");
        assertThat(s3.get("/listed-1?location").text()).contains("LocationConstraint");
        assertThat(s3.get("/absent?location").code()).isEqualTo("NoSuchBucket");
    }

    @Test
    void headSaysWhatAGetWouldWithoutTheBody() {
        s3.put("/some/headed", "0123456789", "Content-Type", "text/plain", "x-amz-meta-a", "b");

        Answer head = s3.call("HEAD", "/some/headed");
        Answer get = s3.get("/some/headed");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[]{"ETag", "Content-Length", "Content-Type", "x-amz-meta-a",
            "Last-Modified"}) {
            assertThat(head.header(name)).isNotEmpty().isEqualTo(get.header(name));
        }
        Answer part = s3.call("HEAD", "/some/headed", "Range", "bytes=2-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(s3.call("HEAD", "/some/headed", "If-None-Match", get.header("ETag")).status())
                .isEqualTo(304);
        assertThat(s3.call("HEAD", "/some/headed", "If-Match", "\"other\"").status())
                .isEqualTo(412);
        assertThat(s3.call("HEAD", "/some/absent").status()).isEqualTo(404);
    }

    private static Answer delete(String bucket, String document) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        return S3Endpoint.wait(s3.send("POST", "/" + bucket + "?delete", body, "Content-MD5",
                Base64.getEncoder().encodeToString(md5(body))));
    }

    private static byte[] md5(byte[] body) {
        try {
            return MessageDigest.getInstance("MD5").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

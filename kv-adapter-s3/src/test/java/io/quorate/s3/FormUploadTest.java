package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of forms without a policy, which need no signature. */
class FormUploadTest {
    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("forms");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static Answer post(String body, String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append("--b\r\nContent-Disposition: form-data; name=\"").append(fields[i])
                    .append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
        }
        form.append(String.join("\r\n", "--b",
                "Content-Disposition: form-data; name=\"file\"; filename=\"pic.png\"",
                "Content-Type: image/png", "", body, "--b--", ""));
        return send(form.toString());
    }

    private static Answer send(String form) {
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        return S3Endpoint.wait(s3.send("POST", "/forms", bytes, "Content-Type",
                "multipart/form-data; boundary=b", "Content-Length",
                Integer.toString(bytes.length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 9_990, 128 * 1024, 128 * 1024 + 1, 400_000})
    void aFileIsReadAsItWasUploaded(int length) {
        String body = "\r\n--x".repeat(length / 5 + 1).substring(0, length);

        Answer posted = post(body, "key", "length/" + length + "/${filename}", "Content-Type",
                "text/x", "x-amz-meta-colour", "grün");
        Answer read = s3.get("/forms/length/" + length + "/pic.png");

        assertThat(posted.status()).as(posted.text()).isEqualTo(204);
        assertThat(posted.header("Location"))
                .isEqualTo("http://localhost:4566/forms/length/" + length + "/pic.png");
        assertThat(read.text()).isEqualTo(body);
        assertThat(read.header("ETag")).isEqualTo(posted.header("ETag"));
        assertThat(read.header("Content-Type")).isEqualTo("text/x");
        assertThat(new String(read.header("x-amz-meta-colour")
                .getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)).isEqualTo("grün");
    }

    @ParameterizedTest
    @CsvSource({"200,200", "201,201", "204,204", "302,204", "x,204"})
    void theFormSaysWhatSuccessIs(String asked, int status) {
        Answer answer = post("x", "key", "status", "success_action_status", asked);

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void whoAsksForADocumentIsToldWhatWasCreated() {
        Answer answer = post("x", "key", "status", "success_action_status", "201");

        assertThat(answer.text()).contains("<Bucket>forms</Bucket>")
                .contains("<Key>status</Key>").contains("<ETag>")
                .contains("<Location>http://localhost:4566/forms/status</Location>");
    }

    @Test
    void theFormSaysWhereToGo() {
        Answer answer = post("x", "key", "a b", "success_action_redirect",
                "http://example.com/done?x=1");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(
                "http://example.com/done?x=1&bucket=forms&key=a%20b&etag=%22");
        assertThat(post("x", "key", "k", "success_action_redirect", "nowhere").status())
                .isEqualTo(204);
    }

    @Test
    void aChecksumIsVerified() {
        assertThat(post("x", "key", "sum", "x-amz-checksum-crc32", "jNwWgw==").status())
                .isEqualTo(204);
        Answer wrong = post("x", "key", "wrong", "x-amz-checksum-crc32", "AAAAAA==");

        assertThat(wrong.code()).isEqualTo("BadDigest");
        assertThat(s3.get("/forms/wrong").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"x-amz-colour,red,501,NotImplemented", "AWSAccessKeyId,A,400,InvalidRequest",
        "acl,public-read,400,AccessControlListNotSupported",
        "x-amz-storage-class,ATTIC,400,InvalidStorageClass", "policy,e30=,400,InvalidArgument"})
    void aFieldThatIsRefusedStoresNothing(String field, String value, int status, String code) {
        Answer refused = post("x", "key", "refused", field, value);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(s3.get("/forms/refused").status()).isEqualTo(404);
    }

    @Test
    void aFormNeedsAKeyAndAFile() {
        assertThat(post("x").code()).isEqualTo("InvalidArgument");
        assertThat(post("x", "key", "k".repeat(1_025)).code()).isEqualTo("KeyTooLongError");
        assertThat(send("--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b--")
                .code()).isEqualTo("IncorrectNumberOfFilesInPostRequest");
        assertThat(send("no form").code()).isEqualTo("MalformedPOSTRequest");
    }

    @Test
    void aFileThatBreaksOffStoresNothing() {
        for (int length : new int[]{10, 300_000}) {
            Answer refused = send(
                    "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nbroken"
                            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
                            + "x".repeat(length));

            assertThat(refused.code()).isEqualTo("MalformedPOSTRequest");
            assertThat(s3.get("/forms/broken").status()).isEqualTo(404);
        }
    }

    @Test
    void nobodyMayUploadUnlessThePolicyOfTheBucketLetsThem() {
        try {
            s3.as(Identity.ANONYMOUS);
            assertThat(post("x", "key", "anonymous").code()).isEqualTo("AccessDenied");
        } finally {
            s3.as(S3Endpoint.identity("000000000000", new Permissions.Admin()));
        }
        assertThat(s3.get("/forms/anonymous").status()).isEqualTo(404);
    }

    @Test
    void aFormForNoBucketFindsNone() {
        byte[] form = ("--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(S3Endpoint.wait(s3.send("POST", "/no-forms", form, "Content-Type",
                "multipart/form-data; boundary=b", "Content-Length",
                Integer.toString(form.length))).code()).isEqualTo("NoSuchBucket");
    }
}

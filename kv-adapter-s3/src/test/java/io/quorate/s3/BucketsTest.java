package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private static final String EUROPE = "<CreateBucketConfiguration "
            + "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>eu-west-1"
            + "</LocationConstraint></CreateBucketConfiguration>";

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory);
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
    void aBucketIsCreatedAndMayBeCreatedAgainInTheDefaultRegion() {
        Answer first = s3.put("/plain", "");
        Answer second = s3.put("/plain", "");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Location")).isEqualTo("/plain");
        assertThat(second.status()).isEqualTo(200);
    }

    @Test
    void inAnotherRegionItIsOwnedAlready() {
        assertThat(s3.put("/european", EUROPE).status()).isEqualTo(200);

        Answer second = s3.put("/european", EUROPE);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("BucketAlreadyOwnedByYou");
        assertThat(second.text()).contains("<BucketName>european</BucketName>");
    }

    @Test
    void aRepeatedAttemptIsAnsweredAsTheFirstWas() {
        assertThat(s3.put("/retried", EUROPE, "amz-sdk-invocation-id", "7").status())
                .isEqualTo(200);

        assertThat(s3.put("/retried", EUROPE, "amz-sdk-invocation-id", "7").status())
                .isEqualTo(200);
        assertThat(s3.put("/retried", EUROPE, "amz-sdk-invocation-id", "8").status())
                .isEqualTo(409);
    }

    @Test
    void anothersNameIsTaken() {
        s3.put("/taken", "");
        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin()));

        Answer theirs = s3.put("/taken", "");

        assertThat(theirs.status()).isEqualTo(409);
        assertThat(theirs.code()).isEqualTo("BucketAlreadyExists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "UPPER", "under_score", "-dash", "dash-", "two..dots",
        "192.168.5.4", "xn--bucket", "sthree-bucket", "bucket-s3alias", "bucket--ol-s3",
        "bucket--x-s3", "healthz"})
    void namesThatS3DoesNotAllowAreRefused(String name) {
        Answer refused = s3.put("/" + name, "");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("InvalidBucketName");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 63})
    void namesHaveThreeTo63Characters(int length) {
        assertThat(s3.put("/" + "n".repeat(length), "").status()).isEqualTo(200);
        assertThat(s3.put("/" + "n".repeat(64), "").code()).isEqualTo("InvalidBucketName");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<Create|MalformedXML|400",
        "<CreateBucketConfiguration><LocationConstraint>the moon</LocationConstraint></CreateBucketConfiguration>|InvalidLocationConstraint|400",
        "<CreateBucketConfiguration><Bucket><Type>Directory</Type></Bucket></CreateBucketConfiguration>|NotImplemented|501"})
    void documentsAreReadStrictly(String document, String code, int status) {
        Answer refused = s3.put("/strict", document);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(s3.put("/strict/key", "x").code()).isEqualTo("NoSuchBucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sub?accelerate", "/sub?replication", "/sub?versioning",
        "/sub?x-amz-acl=private",
        "/sub?X-Amz-Other=1", "/sub?colour=red"})
    void subResourcesAreNotTakenForTheBucket(String path) {
        Answer refused = s3.put(path, "");

        assertThat(refused.status()).isEqualTo(501);
        assertThat(refused.code()).isEqualTo("NotImplemented");
        assertThat(s3.put("/sub/key", "x").code()).isEqualTo("NoSuchBucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?acl", "?tagging", "?partNumber=1", "?versionId=v",
        "?uploads", "?retention"})
    void subResourcesAreNotTakenForTheObject(String query) {
        s3.withBucket("objects");

        assertThat(s3.put("/objects/k" + query, "x").code()).isEqualTo("NotImplemented");
        assertThat(s3.get("/objects/k" + query).code()).isEqualTo("NotImplemented");
        assertThat(s3.get("/objects/k").code()).isEqualTo("NoSuchKey");
    }

    @ParameterizedTest
    @CsvSource({"x-amz-tagging,a=b", "x-amz-copy-source,/a/b",
        "x-amz-server-side-encryption,AES256", "x-amz-object-lock-mode,GOVERNANCE",
        "x-amz-website-redirect-location,/x", "x-amz-write-offset-bytes,1", "x-amz-colour,red"})
    void headersOfWhatIsNotBuiltStoreNothing(String header, String value) {
        s3.withBucket("headers");

        Answer refused = s3.put("/headers/k", "x", header, value);

        assertThat(refused.status()).isEqualTo(501);
        assertThat(refused.code()).isEqualTo("NotImplemented");
        assertThat(s3.get("/headers/k").code()).isEqualTo("NoSuchKey");
    }

    @Test
    void anUnexpectedOwnerIsDenied() {
        s3.withBucket("owned");

        assertThat(s3.put("/owned/k", "x", "x-amz-expected-bucket-owner", "111111111111").code())
                .isEqualTo("AccessDenied");
        assertThat(s3.put("/owned/k", "x", "x-amz-expected-bucket-owner", "000000000000")
                .status()).isEqualTo(200);
    }

    @Test
    void anUnknownStorageClassIsRefused() {
        s3.withBucket("classes");

        assertThat(s3.put("/classes/k", "x", "x-amz-storage-class", "ATTIC").code())
                .isEqualTo("InvalidStorageClass");
    }

    @ParameterizedTest
    @CsvSource({"PUT,/", "GET,/some?versioning", "GET,/some?accelerate", "DELETE,/some?replication",
        "POST,/some", "PUT,/some?inventory", "DELETE,/some/key?tagging", "POST,/some/key?restore",
        "HEAD,/some/key?partNumber=1", "GET,/some/key?versionId=1"})
    void actionsThatAreNotBuiltSaySo(String method, String path) {
        assertThat(s3.call(method, path).status()).isEqualTo(501);
    }

    @Test
    void aMethodThatS3DoesNotHaveIsNotAllowed() {
        Answer refused = s3.call("PATCH", "/some/key");

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.code()).isEqualTo("MethodNotAllowed");
    }

    @Test
    void aBodyWithoutALengthIsRefused() {
        s3.withBucket("lengths");

        assertThat(s3.put("/lengths/k", "x", "Content-Length", "x").code())
                .isEqualTo("MissingContentLength");
    }
}

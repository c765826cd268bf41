package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.policy.Policy;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: callers' policies, buckets' policies and lists, and what is blocked. */
class AccessTest {
    private static final Identity OWNER = S3Endpoint.identity("000000000000",
            new Permissions.Admin());
    private static final Identity OTHER = S3Endpoint.identity("111111111111",
            new Permissions.Admin());
    private static final Identity USER = S3Endpoint.identity("000000000000",
            new Permissions.Allowed(List.of()));

    @TempDir
    static Path directory;

    private static S3Endpoint s3;
    private static int buckets;
    private String name = "";
    private String bucket = "";

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void aBucketWithAnObject() {
        name = "access-" + ++buckets;
        bucket = "/" + name;
        s3.as(OWNER).withBucket(name);
        s3.put(bucket + "/key", "body");
    }

    private Answer policy(String... statements) {
        return s3.as(OWNER).put(bucket + "?policy", "{\"Version\":\"2012-10-17\",\"Statement\":["
                + String.join(",", statements) + "]}");
    }

    private String statement(String effect, String principal, String action, String condition) {
        return "{\"Effect\":\"" + effect + "\",\"Principal\":" + principal + ",\"Action\":" + action
                + ",\"Resource\":[\"arn:aws:s3:::" + name + "\",\"arn:aws:s3:::" + name
                + "/*\"],\"Condition\":" + condition + "}";
    }

    private void open() {
        assertThat(s3.as(OWNER).call("DELETE", bucket + "?publicAccessBlock").status())
                .isEqualTo(204);
    }

    @Test
    void aPolicyIsReadAsItWasWrittenUntilItIsDeleted() {
        String document = "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":"
                + "\"s3:DeleteBucket\",\"Resource\":\"arn:aws:s3:::" + name + "\"}}";

        assertThat(s3.get(bucket + "?policy").code()).isEqualTo("NoSuchBucketPolicy");
        assertThat(s3.get(bucket + "?policyStatus").code()).isEqualTo("NoSuchBucketPolicy");
        assertThat(s3.put(bucket + "?policy", document).status()).isEqualTo(204);
        assertThat(s3.get(bucket + "?policy").text()).isEqualTo(document);
        assertThat(s3.get(bucket + "?policyStatus").text()).contains("<IsPublic>false</IsPublic>");
        assertThat(s3.call("DELETE", bucket).code()).isEqualTo("AccessDenied");
        assertThat(s3.call("DELETE", bucket + "?policy").status()).isEqualTo(204);
        assertThat(s3.get(bucket + "?policy").code()).isEqualTo("NoSuchBucketPolicy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}", "[]",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:aws:s3:::B\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::other\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"})
    void whatIsNoPolicyOfTheBucketIsRefused(String document) {
        Answer refused = s3.put(bucket + "?policy", document.replace("B", name));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("MalformedPolicy");
        assertThat(s3.get(bucket + "?policy").code()).isEqualTo("NoSuchBucketPolicy");
    }

    @ParameterizedTest
    @CsvSource({"s3:ListBucket,/*", "s3:GetObject,''", "s3:PutBucketPolicy,/some/*"})
    void anActionThatNoResourceOfItsStatementHasIsRefused(String action, String path) {
        Answer refused = policy("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":["
                + "\"s3:*\",\"" + action + "\"],\"Resource\":\"arn:aws:s3:::" + name + path
                + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("Action does not apply to any resource(s) in statement");
    }

    @Test
    void anActionIsAcceptedBesideAnotherOfTheOtherKindOfResource() {
        assertThat(policy(statement("Deny", "\"*\"", "[\"s3:ListBucket\",\"s3:GetObject\"]",
                "{}")).status()).isEqualTo(204);
    }

    @Test
    void anAnonymousCallerMayDoNothingOfItsOwnRight() {
        s3.as(Identity.ANONYMOUS);

        assertThat(s3.get(bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.get(bucket).code()).isEqualTo("AccessDenied");
        assertThat(s3.put(bucket + "/other", "x").code()).isEqualTo("AccessDenied");
        assertThat(s3.put("/anonymous-bucket", "").code()).isEqualTo("AccessDenied");
        assertThat(s3.get("/").code()).isEqualTo("AccessDenied");
        assertThat(s3.get("/no-such-bucket/key").code()).isEqualTo("NoSuchBucket");
    }

    @Test
    void aPublicPolicyIsRefusedWhereItIsBlocked() {
        Answer refused = policy(statement("Allow", "\"*\"", "\"s3:GetObject\"", "{}"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(s3.get(bucket + "?policy").code()).isEqualTo("NoSuchBucketPolicy");
    }

    @Test
    void aPublicPolicyOpensWhatItNamesToEverybody() {
        open();
        assertThat(policy(statement("Allow", "\"*\"", "\"s3:GetObject\"", "{}")).status())
                .isEqualTo(204);
        assertThat(s3.get(bucket + "?policyStatus").text()).contains("<IsPublic>true</IsPublic>");

        s3.as(Identity.ANONYMOUS);
        assertThat(s3.get(bucket + "/key").text()).isEqualTo("body");
        assertThat(s3.call("HEAD", bucket + "/key").status()).isEqualTo(200);
        assertThat(s3.put(bucket + "/key", "x").code()).isEqualTo("AccessDenied");
        assertThat(s3.call("DELETE", bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.get(bucket).code()).isEqualTo("AccessDenied");
        s3.as(OTHER);
        assertThat(s3.get(bucket + "/key").text()).isEqualTo("body");
        s3.as(USER);
        assertThat(s3.get(bucket + "/key").text()).isEqualTo("body");
    }

    @Test
    void whoMayNotListIsNotToldWhatIsMissing() {
        open();
        policy(statement("Allow", "\"*\"", "\"s3:GetObject\"", "{}"));
        s3.as(Identity.ANONYMOUS);

        assertThat(s3.get(bucket + "/none").code()).isEqualTo("AccessDenied");

        policy(statement("Allow", "\"*\"", "[\"s3:GetObject\",\"s3:ListBucket\"]", "{}"));
        s3.as(Identity.ANONYMOUS);
        assertThat(s3.get(bucket + "/none").code()).isEqualTo("NoSuchKey");
    }

    @Test
    void aPublicPolicyCountsForNothingElsewhereOnceItIsRestricted() {
        open();
        policy(statement("Allow", "\"*\"", "\"s3:GetObject\"", "{}"));
        s3.put(bucket + "?publicAccessBlock", "<PublicAccessBlockConfiguration>"
                + "<RestrictPublicBuckets>true</RestrictPublicBuckets>"
                + "</PublicAccessBlockConfiguration>");

        assertThat(s3.as(Identity.ANONYMOUS).get(bucket + "/key").code())
                .isEqualTo("AccessDenied");
        assertThat(s3.as(OTHER).get(bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.as(USER).get(bucket + "/key").text()).isEqualTo("body");
    }

    @Test
    void acrossAccountsBothMustAllow() {
        String theirs = "{\"AWS\":\"arn:aws:iam::111111111111:root\"}";
        policy(statement("Allow", theirs, "\"s3:*\"", "{}"));

        assertThat(s3.as(OTHER).get(bucket + "/key").text()).isEqualTo("body");
        assertThat(s3.as(OTHER).put(bucket + "/theirs", "x").status()).isEqualTo(200);
        assertThat(s3.as(OTHER).get(bucket + "?tagging").code()).isEqualTo("NoSuchTagSet");
        Identity powerless = S3Endpoint.identity("111111111111",
                new Permissions.Allowed(List.of()));
        assertThat(s3.as(powerless).get(bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.as(OWNER).get(bucket + "/theirs").text()).isEqualTo("x");
    }

    @Test
    void aDenialHoldsForTheOwnerTooButForThePolicyItself() {
        policy(statement("Deny", "\"*\"", "\"s3:*\"", "{}"));

        s3.as(OWNER);
        assertThat(s3.get(bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.call("HEAD", bucket).status()).isEqualTo(403);
        assertThat(s3.get(bucket + "?policy").status()).isEqualTo(200);
        assertThat(s3.call("DELETE", bucket + "?policy").status()).isEqualTo(204);
        assertThat(s3.get(bucket + "/key").status()).isEqualTo(200);
    }

    @Test
    void aUsersOwnPolicyMayDenyWhatTheBucketAllows() throws Exception {
        policy(statement("Allow",
                "{\"AWS\":\"arn:aws:iam::000000000000:user/caller-000000000000\"}",
                "\"s3:GetObject\"", "{}"));
        Identity denied = S3Endpoint.identity("000000000000",
                new Permissions.Documents(List.of(Policy.ofCaller("{\"Statement\":{\"Effect\":"
                        + "\"Deny\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}"))));

        assertThat(s3.as(USER).get(bucket + "/key").status()).isEqualTo(200);
        assertThat(s3.as(denied).get(bucket + "/key").code()).isEqualTo("AccessDenied");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"StringEquals":{"s3:prefix":"a/"}}                 | ?prefix=a/                | 200
            {"StringEquals":{"s3:prefix":"a/"}}                 | ?prefix=b/                | 403
            {"StringEquals":{"s3:prefix":"a/"}}                 |                           | 403
            {"StringEquals":{"s3:delimiter":"/"}}               | ?delimiter=%2F            | 200
            {"NumericLessThanEquals":{"s3:max-keys":"10"}}      | ?max-keys=10              | 200
            {"NumericLessThanEquals":{"s3:max-keys":"10"}}      | ?max-keys=11              | 403
            {"StringEquals":{"aws:PrincipalAccount":"111111111111"}} |                      | 200
            {"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/caller-*"}} |    | 200
            {"StringEquals":{"aws:username":"caller-111111111111"}} |                       | 200
            {"Bool":{"aws:SecureTransport":"true"}}             |                           | 403
            {"Bool":{"aws:SecureTransport":"false"}}            |                           | 200
            {"StringNotEquals":{"s3:x-amz-acl":"public-read"}}  |                           | 200
            """)
    void aConditionIsAboutTheRequest(String condition, String query, int status) {
        policy(statement("Allow", "{\"AWS\":\"111111111111\"}", "\"s3:ListBucket\"", condition));

        assertThat(s3.as(OTHER).get(bucket + (query == null ? "" : query)).status())
                .isEqualTo(status);
    }

    @Test
    void aConditionMayBeAboutHeadersOfAWrite() {
        policy(statement("Allow", "{\"AWS\":\"111111111111\"}", "\"s3:PutObject\"",
                "{\"StringEquals\":{\"s3:x-amz-storage-class\":\"STANDARD_IA\"}}"));

        s3.as(OTHER);
        assertThat(s3.put(bucket + "/k", "x").code()).isEqualTo("AccessDenied");
        assertThat(s3.put(bucket + "/k", "x", "x-amz-storage-class", "STANDARD_IA").status())
                .isEqualTo(200);
    }

    @Test
    void ofManyObjectsEachIsDeletedByItsOwnRight() {
        s3.put(bucket + "/open/a", "x");
        policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},\"Action\":"
                + "\"s3:DeleteObject\",\"Resource\":\"arn:aws:s3:::" + name + "/open/*\"}");

        Answer answer = S3Endpoint.wait(s3.as(OTHER).send("POST", bucket + "?delete",
                ("<Delete><Object><Key>open/a</Key></Object><Object><Key>key</Key></Object>"
                        + "</Delete>").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "x-amz-trailer", ""));

        assertThat(answer.text()).contains("<Deleted><Key>open/a</Key></Deleted>")
                .contains("<Error><Key>key</Key><Code>AccessDenied</Code>");
    }

    @Test
    void theExpectedOwnerIsTheBuckets() {
        assertThat(s3.get(bucket + "/key", "x-amz-expected-bucket-owner", "000000000000").status())
                .isEqualTo(200);
        assertThat(s3.get(bucket + "/key", "x-amz-expected-bucket-owner", "111111111111").code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void wherePayersAreRequestersOthersSaySo() {
        policy(statement("Allow", "{\"AWS\":\"111111111111\"}", "\"s3:GetObject\"", "{}"));
        assertThat(s3.put(bucket + "?requestPayment", "<RequestPaymentConfiguration><Payer>"
                + "Requester</Payer></RequestPaymentConfiguration>").status()).isEqualTo(200);

        assertThat(s3.get(bucket + "/key").status()).isEqualTo(200);
        s3.as(OTHER);
        assertThat(s3.get(bucket + "/key").code()).isEqualTo("AccessDenied");
        assertThat(s3.get(bucket + "/key", "x-amz-request-payer", "requester").status())
                .isEqualTo(200);
    }

    @Test
    void listsCountForNothingUnlessTheOwnerWantsThem() {
        assertThat(s3.put(bucket + "?acl", "", "x-amz-acl", "public-read").code())
                .isEqualTo("AccessControlListNotSupported");
        assertThat(s3.put(bucket + "?acl", "", "x-amz-acl", "private").status()).isEqualTo(200);
        assertThat(s3.put(bucket + "/k", "x", "x-amz-acl", "public-read").code())
                .isEqualTo("AccessControlListNotSupported");
        assertThat(s3.put("/listed-" + name, "", "x-amz-acl", "public-read").code())
                .isEqualTo("InvalidBucketAclWithObjectOwnership");
        assertThat(s3.call("HEAD", "/listed-" + name).status()).isEqualTo(404);
    }

    private void letListsCount() {
        assertThat(s3.put(bucket + "?ownershipControls", "<OwnershipControls><Rule>"
                + "<ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>")
                .status()).isEqualTo(200);
    }

    @Test
    void aPublicListIsRefusedWhereItIsBlocked() {
        letListsCount();

        assertThat(s3.put(bucket + "?acl", "", "x-amz-acl", "public-read").code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aListGrantsWhatItSays() {
        letListsCount();
        open();
        assertThat(s3.put(bucket + "?acl", "", "x-amz-acl", "public-read").status())
                .isEqualTo(200);
        assertThat(s3.get(bucket + "?acl").text()).contains("AllUsers").contains("READ");

        s3.as(Identity.ANONYMOUS);
        assertThat(s3.get(bucket).status()).isEqualTo(200);
        assertThat(s3.put(bucket + "/k", "x").code()).isEqualTo("AccessDenied");
        s3.as(OWNER);
        s3.put(bucket + "?publicAccessBlock", "<PublicAccessBlockConfiguration>"
                + "<IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>");
        assertThat(s3.as(Identity.ANONYMOUS).get(bucket).code()).isEqualTo("AccessDenied");
    }

    @Test
    void aListMayNameAnotherAccount() {
        letListsCount();
        assertThat(s3.put(bucket + "?acl", "", "x-amz-grant-read", "id=\"111111111111\"",
                "x-amz-grant-write", "id=111111111111").status()).isEqualTo(200);

        s3.as(OTHER);
        assertThat(s3.get(bucket).status()).isEqualTo(200);
        assertThat(s3.put(bucket + "/theirs", "x").status()).isEqualTo(200);
        assertThat(s3.get(bucket + "?acl").code()).isEqualTo("AccessDenied");
        s3.as(OWNER);
        assertThat(s3.put(bucket + "?ownershipControls", "<OwnershipControls><Rule>"
                + "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
                + "</OwnershipControls>").code()).isEqualTo("InvalidBucketAclWithObjectOwnership");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x-amz-acl          | public                          | 400 | InvalidArgument
            x-amz-grant-read   | somebody                        | 400 | InvalidArgument
            x-amz-grant-read   | emailAddress="a@example.com"    | 501 | NotImplemented
            x-amz-grant-read   | uri="http://example.com/group"  | 400 | InvalidArgument
            """)
    void aListHasRules(String header, String value, int status, String code) {
        letListsCount();

        Answer refused = s3.put(bucket + "?acl", "", header, value);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }
}

package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSettingsTest {
    private static final String TAGS = "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<TagSet><Tag><Key>team</Key><Value>blue + green</Value></Tag></TagSet></Tagging>";
    private static final String CORS = "<CORSConfiguration><CORSRule><AllowedMethod>GET"
            + "</AllowedMethod><AllowedOrigin>https://*.example.com</AllowedOrigin></CORSRule>"
            + "</CORSConfiguration>";
    private static final String LIFECYCLE = "<LifecycleConfiguration><Rule><ID>old</ID><Filter>"
            + "<Prefix>logs/</Prefix></Filter><Status>Enabled</Status><Expiration><Days>7</Days>"
            + "</Expiration></Rule></LifecycleConfiguration>";
    private static final String OWNERSHIP = "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter"
            + "</ObjectOwnership></Rule></OwnershipControls>";
    private static final String BLOCK = "<PublicAccessBlockConfiguration><BlockPublicAcls>true"
            + "</BlockPublicAcls><BlockPublicPolicy>false</BlockPublicPolicy>"
            + "</PublicAccessBlockConfiguration>";
    private static final String ENCRYPTION = "<ServerSideEncryptionConfiguration><Rule>"
            + "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
            + "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
    private static final String WEBSITE = "<WebsiteConfiguration><IndexDocument><Suffix>index.html"
            + "</Suffix></IndexDocument></WebsiteConfiguration>";

    @TempDir
    static Path directory;

    private static S3Endpoint s3;
    private static int buckets;

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

    private static String bucket() {
        String name = "set-" + ++buckets;
        s3.withBucket(name);
        return "/" + name;
    }

    private static Answer put(String path, String document) {
        return s3.put(path, document, "x-amz-checksum-sha256", sha256(document));
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest
                    .getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("tagging", TAGS, "NoSuchTagSet",
                        "blue + green"),
                Arguments.of("cors", CORS,
                        "NoSuchCORSConfiguration", "https://*.example.com"),
                Arguments.of("lifecycle", LIFECYCLE,
                        "NoSuchLifecycleConfiguration", "<Days>7</Days>"),
                Arguments.of("encryption", ENCRYPTION,
                        "ServerSideEncryptionConfigurationNotFoundError", "AES256"),
                Arguments.of("website", WEBSITE,
                        "NoSuchWebsiteConfiguration", "index.html"),
                Arguments.of("ownershipControls", OWNERSHIP,
                        "OwnershipControlsNotFoundError", "ObjectWriter"),
                Arguments.of("publicAccessBlock", BLOCK,
                        "NoSuchPublicAccessBlockConfiguration",
                        "<BlockPublicAcls>true</BlockPublicAcls>"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsReadAsItWasWrittenUntilItIsRemoved(String parameter, String document,
            String missing, String part) {
        String at = bucket() + "?" + parameter;

        Answer written = put(at, document);
        Answer read = s3.get(at);
        Answer removed = s3.call("DELETE", at);
        Answer again = s3.get(at);

        assertThat(written.status()).as(written.text()).isIn(200, 204);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).contains(part)
                .contains("xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
        assertThat(removed.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tagging", "cors", "lifecycle", "encryption", "website",
        "ownershipControls", "publicAccessBlock", "acl", "requestPayment", "logging",
        "notification"})
    void whatIsNoSuchDocumentIsRefusedAndChangesNothing(String parameter) {
        String at = bucket() + "?" + parameter;
        Answer before = s3.get(at);

        for (String document : new String[]{"", "<", "<Other/>", "not xml",
            "<!DOCTYPE x [<!ENTITY e \"e\">]><Tagging>&e;</Tagging>"}) {
            Answer refused = put(at, document);

            assertThat(refused.status()).as(document).isEqualTo(400);
            assertThat(refused.code()).isIn("MalformedXML", "MalformedACLError");
        }
        assertThat(s3.get(at).status()).isEqualTo(before.status());
        assertThat(s3.get(at).code()).isEqualTo(before.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tagging", "cors", "lifecycle", "encryption", "website",
        "ownershipControls", "publicAccessBlock", "acl", "requestPayment", "logging",
        "notification", "policy", "policyStatus"})
    void aBucketThatIsNotThereHasNoSettings(String parameter) {
        Answer answer = s3.get("/no-such-bucket?" + parameter);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NoSuchBucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tagging", "cors", "lifecycle", "encryption", "website",
        "ownershipControls", "publicAccessBlock", "acl", "requestPayment", "logging",
        "notification", "policy"})
    void anotherAccountMayNeitherReadNorWriteNorRemove(String parameter) {
        String at = bucket() + "?" + parameter;
        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin()));

        assertThat(s3.get(at).code()).isEqualTo("AccessDenied");
        assertThat(put(at, "<Any/>").code()).isEqualTo("AccessDenied");
        assertThat(s3.call("DELETE", at).code()).isIn("AccessDenied", "MethodNotAllowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accelerate", "replication", "inventory", "analytics", "metrics",
        "intelligent-tiering", "torrent", "select", "nothing-known"})
    void aSubResourceThatIsNotBuiltIsNeverTakenForAnotherAction(String parameter) {
        String bucket = bucket();

        for (String method : new String[]{"GET", "PUT", "DELETE"}) {
            Answer answer = s3.call(method, bucket + "?" + parameter);

            assertThat(answer.status()).as(method).isEqualTo(501);
            assertThat(answer.code()).isEqualTo("NotImplemented");
        }
        assertThat(s3.get(bucket + "?tagging&" + parameter).status()).isEqualTo(501);
        assertThat(s3.get(bucket + "?tagging&cors").status()).isEqualTo(501);
        assertThat(s3.call("HEAD", bucket).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acl", "requestPayment", "logging", "notification"})
    void whatHasADefaultCannotBeRemoved(String parameter) {
        String at = bucket() + "?" + parameter;

        assertThat(s3.call("DELETE", at).status()).isEqualTo(405);
        assertThat(s3.get(at).status()).isEqualTo(200);
    }

    @Test
    void aNewBucketIsClosed() {
        String bucket = bucket();

        assertThat(s3.get(bucket + "?ownershipControls").text()).contains("BucketOwnerEnforced");
        assertThat(s3.get(bucket + "?publicAccessBlock").text())
                .contains("<RestrictPublicBuckets>true</RestrictPublicBuckets>");
        assertThat(s3.get(bucket + "?acl").text()).contains("FULL_CONTROL")
                .contains("xsi:type=\"CanonicalUser\"").contains("000000000000");
        assertThat(s3.get(bucket + "?requestPayment").text()).contains("BucketOwner");
        assertThat(s3.get(bucket + "?logging").text()).doesNotContain("LoggingEnabled");
        assertThat(s3.get(bucket + "?notification").text()).doesNotContain("QueueConfiguration");
    }

    @Test
    void settingsGoWithTheirBucket() {
        String bucket = bucket();
        put(bucket + "?tagging", TAGS);
        assertThat(s3.call("DELETE", bucket).status()).isEqualTo(204);
        assertThat(s3.put(bucket, "").status()).isEqualTo(200);

        assertThat(s3.get(bucket + "?tagging").code()).isEqualTo("NoSuchTagSet");
    }

    @Test
    void aSettingThatNeedsADigestIsRefusedWithoutOne() {
        Answer answer = s3.put(bucket() + "?cors", CORS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Content-MD5");
    }

    @Test
    void aRepeatedAttemptIsAnsweredAsTheFirstWas() {
        String at = bucket() + "?tagging";
        s3.put(at, TAGS, "x-amz-checksum-sha256", sha256(TAGS), "amz-sdk-invocation-id", "1");
        s3.call("DELETE", at);

        Answer repeated = s3.put(at, TAGS, "x-amz-checksum-sha256", sha256(TAGS),
                "amz-sdk-invocation-id", "1");

        assertThat(repeated.status()).isEqualTo(204);
        assertThat(s3.get(at).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <Tag><Key></Key><Value>x</Value></Tag>                                  | InvalidTag
            <Tag><Key>aws:x</Key><Value>x</Value></Tag>                             | InvalidTag
            <Tag><Key>a</Key><Value>x</Value></Tag><Tag><Key>a</Key><Value>y</Value></Tag> | InvalidTag
            <Tag><Key>a</Key><Value>{}</Value></Tag>                                | InvalidTag
            <Tag><Key>a</Key></Tag>                                                 | MalformedXML
            <Tag><Key>a</Key><Value>x</Value><More/></Tag>                          | MalformedXML
            """)
    void aTagHasRules(String tags, String code) {
        Answer answer = put(bucket() + "?tagging",
                "<Tagging><TagSet>" + tags + "</TagSet></Tagging>");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void fiftyTagsAreTheMost() {
        StringBuilder tags = new StringBuilder("<Tagging><TagSet>");
        for (int i = 0; i < 51; i++) {
            tags.append("<Tag><Key>k").append(i).append("</Key><Value/></Tag>");
        }

        assertThat(put(bucket() + "?tagging", tags + "</TagSet></Tagging>").code())
                .isEqualTo("InvalidTag");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <AllowedMethod>PATCH</AllowedMethod><AllowedOrigin>*</AllowedOrigin>          | InvalidRequest
            <AllowedMethod>GET</AllowedMethod><AllowedOrigin>*.*</AllowedOrigin>          | InvalidRequest
            <AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><AllowedHeader>**</AllowedHeader> | InvalidRequest
            <AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><ExposeHeader>*</ExposeHeader>    | InvalidRequest
            <AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><MaxAgeSeconds>x</MaxAgeSeconds>  | MalformedXML
            <AllowedMethod>GET</AllowedMethod>                                            | MalformedXML
            <AllowedOrigin>*</AllowedOrigin>                                              | MalformedXML
            """)
    void aCorsRuleHasRules(String rule, String code) {
        Answer answer = put(bucket() + "?cors",
                "<CORSConfiguration><CORSRule>" + rule + "</CORSRule></CORSConfiguration>");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <Filter/><Status>Enabled</Status>                                                      | InvalidRequest
            <Status>Enabled</Status><Expiration><Days>1</Days></Expiration>                        | MalformedXML
            <Prefix/><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>      | MalformedXML
            <Filter/><Status>On</Status><Expiration><Days>1</Days></Expiration>                    | MalformedXML
            <Filter/><Status>Enabled</Status><Expiration><Days>0</Days></Expiration>               | InvalidArgument
            <Filter/><Status>Enabled</Status><Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration> | MalformedXML
            <Filter/><Status>Enabled</Status><Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration> | InvalidArgument
            <Filter/><Status>Enabled</Status><Expiration><Date>tomorrow</Date></Expiration>        | MalformedXML
            <Filter/><Status>Enabled</Status><NoncurrentVersionExpiration><NewerNoncurrentVersions>1</NewerNoncurrentVersions></NoncurrentVersionExpiration> | MalformedXML
            <Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload> | InvalidRequest
            <Filter><Prefix>a</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration> | MalformedXML
            """)
    void aLifecycleRuleHasRules(String rule, String code) {
        Answer answer = put(bucket() + "?lifecycle",
                "<LifecycleConfiguration><Rule>" + rule + "</Rule></LifecycleConfiguration>");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void whatALifecycleCannotDoHereIsNotImplemented() {
        Answer answer = put(bucket() + "?lifecycle", "<LifecycleConfiguration><Rule><Filter/>"
                + "<Status>Enabled</Status><Transition><Days>1</Days><StorageClass>GLACIER"
                + "</StorageClass></Transition></Rule></LifecycleConfiguration>");

        assertThat(answer.status()).isEqualTo(501);
    }

    @Test
    void keysOfTheKeyServiceAreNotImplemented() {
        assertThat(put(bucket() + "?encryption", ENCRYPTION.replace("AES256", "aws:kms")).status())
                .isEqualTo(501);
    }

    @Test
    void logsGoToABucketOfTheSameOwner() {
        String bucket = bucket();
        String target = bucket().substring(1);

        assertThat(put(bucket + "?logging", logging(target)).status()).isEqualTo(200);
        assertThat(s3.get(bucket + "?logging").text()).contains(target);
        assertThat(put(bucket + "?logging", logging("nowhere-at-all")).code())
                .isEqualTo("InvalidTargetBucketForLogging");
    }

    private static String logging(String target) {
        return "<BucketLoggingStatus><LoggingEnabled><TargetBucket>" + target
                + "</TargetBucket><TargetPrefix>log/</TargetPrefix></LoggingEnabled>"
                + "</BucketLoggingStatus>";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <RedirectAllRequestsTo><HostName>a</HostName></RedirectAllRequestsTo><IndexDocument><Suffix>i</Suffix></IndexDocument> | InvalidArgument
            <ErrorDocument><Key>e</Key></ErrorDocument>                         | InvalidArgument
            <IndexDocument><Suffix>a/b</Suffix></IndexDocument>                 | InvalidArgument
            <IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule><Redirect><HttpRedirectCode>200</HttpRedirectCode></Redirect></RoutingRule></RoutingRules> | InvalidRequest
            <IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule><Redirect/></RoutingRule></RoutingRules> | MalformedXML
            """)
    void aWebsiteHasRules(String website, String code) {
        Answer answer = put(bucket() + "?website",
                "<WebsiteConfiguration>" + website + "</WebsiteConfiguration>");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration> | 400 | InvalidArgument
            <QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q.fifo</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration> | 400 | InvalidArgument
            <QueueConfiguration><Queue>q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>                                  | 400 | InvalidArgument
            <QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectSeen</Event></QueueConfiguration>     | 400 | InvalidArgument
            <QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:Replication:*</Event></QueueConfiguration>  | 501 | NotImplemented
            <QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue></QueueConfiguration>                                | 400 | MalformedXML
            <TopicConfiguration><Topic>arn:aws:sns:us-east-1:000000000000:t</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration> | 501 | NotImplemented
            <EventBridgeConfiguration/>                                                                                                 | 501 | NotImplemented
            """)
    void aNotificationHasRules(String configuration, int status, String code) {
        String at = bucket() + "?notification";

        Answer answer = put(at, "<NotificationConfiguration>" + configuration
                + "</NotificationConfiguration>");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(s3.get(at).text()).doesNotContain("QueueConfiguration");
    }
}

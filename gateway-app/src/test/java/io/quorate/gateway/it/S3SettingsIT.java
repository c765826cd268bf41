package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** What is set of buckets, as clients of the SDK see it. */
class S3SettingsIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static S3Client s3;
    private static int buckets;
    private String bucket = "";

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    @BeforeEach
    void aBucket() {
        bucket = "settings-" + ++buckets;
        s3.createBucket(to -> to.bucket(bucket));
    }

    private static void assertMissing(ThrowingCallable read, String code) {
        assertThatThrownBy(read).isInstanceOfSatisfying(S3Exception.class, answer -> {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @Test
    void tags() {
        assertMissing(() -> s3.getBucketTagging(of -> of.bucket(bucket)), "NoSuchTagSet");
        Tag tag = Tag.builder().key("team").value("blue").build();

        s3.putBucketTagging(of -> of.bucket(bucket).tagging(tags -> tags.tagSet(tag)));

        assertThat(s3.getBucketTagging(of -> of.bucket(bucket)).tagSet()).containsExactly(tag);
        s3.deleteBucketTagging(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketTagging(of -> of.bucket(bucket)), "NoSuchTagSet");
    }

    @Test
    void cors() {
        CORSRule rule = CORSRule.builder().id("one").allowedMethods("GET").allowedOrigins("*")
                .allowedHeaders("x-*").exposeHeaders("ETag").maxAgeSeconds(60).build();

        s3.putBucketCors(of -> of.bucket(bucket).corsConfiguration(all -> all.corsRules(rule)));

        assertThat(s3.getBucketCors(of -> of.bucket(bucket)).corsRules()).containsExactly(rule);
        s3.deleteBucketCors(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketCors(of -> of.bucket(bucket)),
                "NoSuchCORSConfiguration");
    }

    @Test
    void lifecycle() {
        LifecycleRule rule = LifecycleRule.builder().id("old").status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.and(and -> and.prefix("logs/")
                        .tags(Tag.builder().key("a").value("b").build())
                        .objectSizeGreaterThan(10L)))
                .expiration(after -> after.days(3))
                .noncurrentVersionExpiration(after -> after.noncurrentDays(2)
                        .newerNoncurrentVersions(1))
                .build();

        s3.putBucketLifecycleConfiguration(
                of -> of.bucket(bucket).lifecycleConfiguration(all -> all.rules(rule)));

        assertThat(s3.getBucketLifecycleConfiguration(of -> of.bucket(bucket)).rules())
                .containsExactly(rule);
        s3.deleteBucketLifecycle(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketLifecycleConfiguration(of -> of.bucket(bucket)),
                "NoSuchLifecycleConfiguration");
    }

    @Test
    void policyAndItsStatus() {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\","
                + "\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::"
                + bucket + "/*\"}]}";

        s3.putBucketPolicy(of -> of.bucket(bucket).policy(policy));

        assertThat(s3.getBucketPolicy(of -> of.bucket(bucket)).policy()).isEqualTo(policy);
        assertThat(s3.getBucketPolicyStatus(of -> of.bucket(bucket)).policyStatus().isPublic())
                .isFalse();
        s3.deleteBucketPolicy(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketPolicy(of -> of.bucket(bucket)), "NoSuchBucketPolicy");
    }

    @Test
    void ownershipAndLists() {
        assertThat(s3.getBucketOwnershipControls(of -> of.bucket(bucket)).ownershipControls()
                .rules().getFirst().objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        s3.putBucketOwnershipControls(of -> of.bucket(bucket).ownershipControls(
                all -> all.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.BUCKET_OWNER_PREFERRED).build())));
        s3.putBucketAcl(of -> of.bucket(bucket).grantRead("id=111111111111"));

        var acl = s3.getBucketAcl(of -> of.bucket(bucket));

        assertThat(acl.owner().id()).isEqualTo("000000000000");
        assertThat(acl.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.grantee().id()).isEqualTo("111111111111");
            assertThat(grant.permission()).isEqualTo(Permission.READ);
        });
        s3.putBucketAcl(of -> of.bucket(bucket).accessControlPolicy(
                all -> all.owner(acl.owner()).grants(acl.grants())));
        s3.putBucketAcl(of -> of.bucket(bucket).acl(BucketCannedACL.PRIVATE));
        assertThat(s3.getBucketAcl(of -> of.bucket(bucket)).grants()).singleElement()
                .satisfies(grant -> assertThat(grant.permission())
                        .isEqualTo(Permission.FULL_CONTROL));
        s3.deleteBucketOwnershipControls(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketOwnershipControls(of -> of.bucket(bucket)),
                "OwnershipControlsNotFoundError");
    }

    @Test
    void publicAccessBlock() {
        assertThat(s3.getPublicAccessBlock(of -> of.bucket(bucket))
                .publicAccessBlockConfiguration().restrictPublicBuckets()).isTrue();

        s3.putPublicAccessBlock(of -> of.bucket(bucket).publicAccessBlockConfiguration(
                all -> all.blockPublicAcls(true).blockPublicPolicy(false)));

        var block = s3.getPublicAccessBlock(of -> of.bucket(bucket))
                .publicAccessBlockConfiguration();
        assertThat(block.blockPublicAcls()).isTrue();
        assertThat(block.blockPublicPolicy()).isFalse();
        s3.deletePublicAccessBlock(of -> of.bucket(bucket));
        assertMissing(() -> s3.getPublicAccessBlock(of -> of.bucket(bucket)),
                "NoSuchPublicAccessBlockConfiguration");
    }

    @Test
    void encryption() {
        ServerSideEncryptionRule rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(
                        by -> by.sseAlgorithm(ServerSideEncryption.AES256))
                .bucketKeyEnabled(false).build();

        s3.putBucketEncryption(of -> of.bucket(bucket)
                .serverSideEncryptionConfiguration(all -> all.rules(rule)));

        assertThat(s3.getBucketEncryption(of -> of.bucket(bucket))
                .serverSideEncryptionConfiguration().rules()).containsExactly(rule);
        s3.deleteBucketEncryption(of -> of.bucket(bucket));
    }

    @Test
    void website() {
        s3.putBucketWebsite(of -> of.bucket(bucket).websiteConfiguration(all -> all
                .indexDocument(index -> index.suffix("index.html"))
                .errorDocument(error -> error.key("error.html"))));

        assertThat(s3.getBucketWebsite(of -> of.bucket(bucket)).indexDocument().suffix())
                .isEqualTo("index.html");
        s3.deleteBucketWebsite(of -> of.bucket(bucket));
        assertMissing(() -> s3.getBucketWebsite(of -> of.bucket(bucket)),
                "NoSuchWebsiteConfiguration");
    }

    @Test
    void loggingAndPayer() {
        assertThat(s3.getBucketLogging(of -> of.bucket(bucket)).loggingEnabled()).isNull();
        s3.putBucketLogging(of -> of.bucket(bucket).bucketLoggingStatus(
                all -> all.loggingEnabled(to -> to.targetBucket(bucket).targetPrefix("log/"))));
        assertThat(s3.getBucketLogging(of -> of.bucket(bucket)).loggingEnabled().targetPrefix())
                .isEqualTo("log/");

        assertThat(s3.getBucketRequestPayment(of -> of.bucket(bucket)).payer())
                .isEqualTo(Payer.BUCKET_OWNER);
        s3.putBucketRequestPayment(of -> of.bucket(bucket)
                .requestPaymentConfiguration(all -> all.payer(Payer.REQUESTER)));
        assertThat(s3.getBucketRequestPayment(of -> of.bucket(bucket)).payer())
                .isEqualTo(Payer.REQUESTER);
    }

    @Test
    void whatIsNotBuiltIsNotImplemented() {
        assertThatThrownBy(() -> s3.getBucketAccelerateConfiguration(of -> of.bucket(bucket)))
                .isInstanceOfSatisfying(S3Exception.class,
                        answer -> assertThat(answer.statusCode()).isEqualTo(501));
        assertThatThrownBy(() -> s3.getBucketReplication(of -> of.bucket(bucket)))
                .isInstanceOfSatisfying(S3Exception.class,
                        answer -> assertThat(answer.statusCode()).isEqualTo(501));
    }
}

package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Settings of buckets that say what happens in them, each in a bucket of its own. */
final class S3SettingActions implements ActionCases {
    private static final Tag TAG = Tag.builder().key("team").value("blue").build();
    private static final CORSRule CORS = CORSRule.builder().id("one").allowedMethods("GET")
            .allowedOrigins("https://example.com").build();
    private static final LifecycleRule OLD = LifecycleRule.builder().id("old")
            .status(ExpirationStatus.ENABLED).filter(of -> of.prefix("logs/"))
            .expiration(after -> after.days(3)).build();
    private static final ServerSideEncryptionRule AES = ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(by -> by.sseAlgorithm(ServerSideEncryption.AES256))
            .bucketKeyEnabled(false).build();
    private static final String INDEX = "index.html";
    private static final String LOGS = "log/";

    @Override
    public String service() {
        return "S3";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream
                .of(tagging(), cors(), lifecycle(), encryption(), website(), logging(), payment())
                .flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> tagging() {
        return List.of(
                ActionCase.of("PutBucketTagging", S3BucketActions::bucket, S3SettingActions::tag,
                        (sdk, name, put) -> assertThat(tags(sdk, name)).containsExactly(TAG)),
                ActionCase.of("GetBucketTagging",
                        SettingTrials.bucketWith(S3SettingActions::tag), S3SettingActions::tags,
                        (sdk, name, tags) -> assertThat(tags).containsExactly(TAG)),
                ActionCase.of("DeleteBucketTagging",
                        SettingTrials.bucketWith(S3SettingActions::tag),
                        (sdk, name) -> sdk.s3().deleteBucketTagging(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused("NoSuchTagSet",
                                () -> tags(sdk, name))));
    }

    private static List<ActionCase<?, ?>> cors() {
        return List.of(
                ActionCase.of("PutBucketCors", S3BucketActions::bucket,
                        S3SettingActions::allowOrigin,
                        (sdk, name, put) -> assertThat(origins(sdk, name)).containsExactly(CORS)),
                ActionCase.of("GetBucketCors",
                        SettingTrials.bucketWith(S3SettingActions::allowOrigin),
                        S3SettingActions::origins,
                        (sdk, name, rules) -> assertThat(rules).containsExactly(CORS)),
                ActionCase.of("DeleteBucketCors",
                        SettingTrials.bucketWith(S3SettingActions::allowOrigin),
                        (sdk, name) -> sdk.s3().deleteBucketCors(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "NoSuchCORSConfiguration", () -> origins(sdk, name))));
    }

    private static List<ActionCase<?, ?>> lifecycle() {
        return List.of(
                ActionCase.of("PutBucketLifecycleConfiguration", S3BucketActions::bucket,
                        S3SettingActions::expire,
                        (sdk, name, put) -> assertThat(rules(sdk, name)).containsExactly(OLD)),
                ActionCase.of("GetBucketLifecycleConfiguration",
                        SettingTrials.bucketWith(S3SettingActions::expire), S3SettingActions::rules,
                        (sdk, name, rules) -> assertThat(rules).containsExactly(OLD)),
                ActionCase.of("DeleteBucketLifecycle",
                        SettingTrials.bucketWith(S3SettingActions::expire),
                        (sdk, name) -> sdk.s3().deleteBucketLifecycle(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "NoSuchLifecycleConfiguration", () -> rules(sdk, name))));
    }

    private static List<ActionCase<?, ?>> encryption() {
        return List.of(
                ActionCase.of("PutBucketEncryption", S3BucketActions::bucket,
                        S3SettingActions::encrypt,
                        (sdk, name, put) -> assertThat(encryption(sdk, name)).containsExactly(AES)),
                ActionCase.of("GetBucketEncryption",
                        SettingTrials.bucketWith(S3SettingActions::encrypt),
                        S3SettingActions::encryption,
                        (sdk, name, rules) -> assertThat(rules).containsExactly(AES)),
                ActionCase.of("DeleteBucketEncryption",
                        SettingTrials.bucketWith(S3SettingActions::encrypt),
                        (sdk, name) -> sdk.s3().deleteBucketEncryption(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "ServerSideEncryptionConfigurationNotFoundError",
                                () -> encryption(sdk, name))));
    }

    private static List<ActionCase<?, ?>> website() {
        return List.of(
                ActionCase.of("PutBucketWebsite", S3BucketActions::bucket,
                        S3SettingActions::makeSite,
                        (sdk, name, put) -> assertThat(index(sdk, name)).isEqualTo(INDEX)),
                ActionCase.of("GetBucketWebsite",
                        SettingTrials.bucketWith(S3SettingActions::makeSite),
                        S3SettingActions::index,
                        (sdk, name, index) -> assertThat(index).isEqualTo(INDEX)),
                ActionCase.of("DeleteBucketWebsite",
                        SettingTrials.bucketWith(S3SettingActions::makeSite),
                        (sdk, name) -> sdk.s3().deleteBucketWebsite(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "NoSuchWebsiteConfiguration", () -> index(sdk, name))));
    }

    private static List<ActionCase<?, ?>> logging() {
        return List.of(
                ActionCase.of("PutBucketLogging", S3BucketActions::bucket, S3SettingActions::log,
                        (sdk, name, put) -> assertThat(logged(sdk, name)).isEqualTo(LOGS)),
                ActionCase.of("GetBucketLogging", SettingTrials.bucketWith(S3SettingActions::log),
                        S3SettingActions::logged,
                        (sdk, name, prefix) -> assertThat(prefix).isEqualTo(LOGS)));
    }

    private static List<ActionCase<?, ?>> payment() {
        return List.of(
                ActionCase.of("PutBucketRequestPayment", S3BucketActions::bucket,
                        S3SettingActions::charge,
                        (sdk, name, put) -> assertThat(payer(sdk, name))
                                .isEqualTo(Payer.REQUESTER)),
                ActionCase.of("GetBucketRequestPayment",
                        SettingTrials.bucketWith(S3SettingActions::charge), S3SettingActions::payer,
                        (sdk, name, payer) -> assertThat(payer).isEqualTo(Payer.REQUESTER)));
    }

    private static Object tag(Sdk sdk, String name) {
        return sdk.s3().putBucketTagging(of -> of.bucket(name).tagging(all -> all.tagSet(TAG)));
    }

    private static List<Tag> tags(Sdk sdk, String name) {
        return sdk.s3().getBucketTagging(of -> of.bucket(name)).tagSet();
    }

    private static Object allowOrigin(Sdk sdk, String name) {
        return sdk.s3().putBucketCors(
                of -> of.bucket(name).corsConfiguration(all -> all.corsRules(CORS)));
    }

    private static List<CORSRule> origins(Sdk sdk, String name) {
        return sdk.s3().getBucketCors(of -> of.bucket(name)).corsRules();
    }

    private static Object expire(Sdk sdk, String name) {
        return sdk.s3().putBucketLifecycleConfiguration(
                of -> of.bucket(name).lifecycleConfiguration(all -> all.rules(OLD)));
    }

    private static List<LifecycleRule> rules(Sdk sdk, String name) {
        return sdk.s3().getBucketLifecycleConfiguration(of -> of.bucket(name)).rules();
    }

    private static Object encrypt(Sdk sdk, String name) {
        return sdk.s3().putBucketEncryption(of -> of.bucket(name)
                .serverSideEncryptionConfiguration(all -> all.rules(AES)));
    }

    private static List<ServerSideEncryptionRule> encryption(Sdk sdk, String name) {
        return sdk.s3().getBucketEncryption(of -> of.bucket(name))
                .serverSideEncryptionConfiguration().rules();
    }

    private static Object makeSite(Sdk sdk, String name) {
        return sdk.s3().putBucketWebsite(of -> of.bucket(name).websiteConfiguration(
                all -> all.indexDocument(index -> index.suffix(INDEX))));
    }

    private static String index(Sdk sdk, String name) {
        return sdk.s3().getBucketWebsite(of -> of.bucket(name)).indexDocument().suffix();
    }

    private static Object log(Sdk sdk, String name) {
        return sdk.s3().putBucketLogging(of -> of.bucket(name).bucketLoggingStatus(
                all -> all.loggingEnabled(to -> to.targetBucket(name).targetPrefix(LOGS))));
    }

    private static String logged(Sdk sdk, String name) {
        return sdk.s3().getBucketLogging(of -> of.bucket(name)).loggingEnabled().targetPrefix();
    }

    private static Object charge(Sdk sdk, String name) {
        return sdk.s3().putBucketRequestPayment(of -> of.bucket(name)
                .requestPaymentConfiguration(all -> all.payer(Payer.REQUESTER)));
    }

    private static Payer payer(Sdk sdk, String name) {
        return sdk.s3().getBucketRequestPayment(of -> of.bucket(name)).payer();
    }
}

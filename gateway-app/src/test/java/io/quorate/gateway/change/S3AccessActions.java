package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** Settings of buckets that say who may do what, each in a bucket of its own. */
final class S3AccessActions implements ActionCases {
    private static final String OTHER_ACCOUNT = "111111111111";
    private static final PublicAccessBlockConfiguration LISTS_ONLY = PublicAccessBlockConfiguration
            .builder().blockPublicAcls(true).ignorePublicAcls(true).blockPublicPolicy(false)
            .restrictPublicBuckets(false).build();

    @Override
    public String service() {
        return "S3";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(policies(), lists(), ownership(), blocks()).flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> policies() {
        return List.of(
                ActionCase.of("PutBucketPolicy", S3BucketActions::bucket, S3AccessActions::decree,
                        (sdk, name, put) -> assertThat(policy(sdk, name))
                                .isEqualTo(document(name))),
                ActionCase.of("GetBucketPolicy", SettingTrials.bucketWith(S3AccessActions::decree),
                        S3AccessActions::policy,
                        (sdk, name, policy) -> assertThat(policy).isEqualTo(document(name))),
                ActionCase.of("GetBucketPolicyStatus",
                        SettingTrials.bucketWith(S3AccessActions::decree),
                        (sdk, name) -> sdk.s3().getBucketPolicyStatus(of -> of.bucket(name)),
                        (sdk, name, got) -> assertThat(got.policyStatus().isPublic()).isFalse()),
                ActionCase.of("DeleteBucketPolicy",
                        SettingTrials.bucketWith(S3AccessActions::decree),
                        (sdk, name) -> sdk.s3().deleteBucketPolicy(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused("NoSuchBucketPolicy",
                                () -> policy(sdk, name))));
    }

    private static List<ActionCase<?, ?>> lists() {
        return List.of(
                ActionCase.of("PutBucketAcl", SettingTrials.bucketWith(S3AccessActions::disown),
                        S3AccessActions::grant,
                        (sdk, name, put) -> assertOtherReads(grants(sdk, name))),
                ActionCase.of("GetBucketAcl",
                        SettingTrials.bucketWith((sdk, name) -> List.of(disown(sdk, name),
                                grant(sdk, name))),
                        S3AccessActions::grants,
                        (sdk, name, grants) -> assertOtherReads(grants)));
    }

    private static List<ActionCase<?, ?>> ownership() {
        return List.of(
                ActionCase.of("PutBucketOwnershipControls", S3BucketActions::bucket,
                        S3AccessActions::disown,
                        (sdk, name, put) -> assertThat(owner(sdk, name))
                                .isEqualTo(ObjectOwnership.BUCKET_OWNER_PREFERRED)),
                ActionCase.of("GetBucketOwnershipControls",
                        SettingTrials.bucketWith(S3AccessActions::disown), S3AccessActions::owner,
                        (sdk, name, owner) -> assertThat(owner)
                                .isEqualTo(ObjectOwnership.BUCKET_OWNER_PREFERRED)),
                ActionCase.of("DeleteBucketOwnershipControls", S3BucketActions::bucket,
                        (sdk, name) -> sdk.s3()
                                .deleteBucketOwnershipControls(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "OwnershipControlsNotFoundError", () -> owner(sdk, name))));
    }

    private static List<ActionCase<?, ?>> blocks() {
        return List.of(
                ActionCase.of("PutPublicAccessBlock", S3BucketActions::bucket,
                        S3AccessActions::openPolicies,
                        (sdk, name, put) -> assertThat(block(sdk, name)).isEqualTo(LISTS_ONLY)),
                ActionCase.of("GetPublicAccessBlock",
                        SettingTrials.bucketWith(S3AccessActions::openPolicies),
                        S3AccessActions::block,
                        (sdk, name, block) -> assertThat(block).isEqualTo(LISTS_ONLY)),
                ActionCase.of("DeletePublicAccessBlock", S3BucketActions::bucket,
                        (sdk, name) -> sdk.s3().deletePublicAccessBlock(of -> of.bucket(name)),
                        (sdk, name, done) -> SettingTrials.assertRefused(
                                "NoSuchPublicAccessBlockConfiguration", () -> block(sdk, name))));
    }

    private static String document(String bucket) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\","
                + "\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::"
                + bucket + "/*\"}]}";
    }

    private static Object decree(Sdk sdk, String name) {
        return sdk.s3().putBucketPolicy(of -> of.bucket(name).policy(document(name)));
    }

    private static String policy(Sdk sdk, String name) {
        return sdk.s3().getBucketPolicy(of -> of.bucket(name)).policy();
    }

    private static Object grant(Sdk sdk, String name) {
        return sdk.s3().putBucketAcl(of -> of.bucket(name).grantRead("id=" + OTHER_ACCOUNT));
    }

    private static List<Grant> grants(Sdk sdk, String name) {
        return sdk.s3().getBucketAcl(of -> of.bucket(name)).grants();
    }

    private static void assertOtherReads(List<Grant> grants) {
        assertThat(grants).singleElement().satisfies(grant -> {
            assertThat(grant.grantee().id()).isEqualTo(OTHER_ACCOUNT);
            assertThat(grant.permission()).isEqualTo(Permission.READ);
        });
    }

    /** Lets the bucket have access control lists. */
    private static Object disown(Sdk sdk, String name) {
        return sdk.s3().putBucketOwnershipControls(of -> of.bucket(name).ownershipControls(
                all -> all.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.BUCKET_OWNER_PREFERRED).build())));
    }

    private static ObjectOwnership owner(Sdk sdk, String name) {
        return sdk.s3().getBucketOwnershipControls(of -> of.bucket(name)).ownershipControls()
                .rules().getFirst().objectOwnership();
    }

    private static Object openPolicies(Sdk sdk, String name) {
        return sdk.s3().putPublicAccessBlock(
                of -> of.bucket(name).publicAccessBlockConfiguration(LISTS_ONLY));
    }

    private static PublicAccessBlockConfiguration block(Sdk sdk, String name) {
        return sdk.s3().getPublicAccessBlock(of -> of.bucket(name))
                .publicAccessBlockConfiguration();
    }
}

package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Buckets. */
final class S3BucketActions implements ActionCases {
    @Override
    public String service() {
        return "S3";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return List.of(
                ActionCase.of("CreateBucket", (sdk, id) -> id, S3BucketActions::bucket,
                        (sdk, id, name) -> assertThat(named(sdk, id)).containsExactly(name)),
                ActionCase.of("HeadBucket", S3BucketActions::bucket,
                        (sdk, name) -> sdk.s3().headBucket(head -> head.bucket(name)),
                        (sdk, name, head) -> assertThat(head.bucketRegion())
                                .isEqualTo("us-east-1")),
                ActionCase.of("GetBucketLocation", S3BucketActions::bucket,
                        (sdk, name) -> sdk.s3().getBucketLocation(get -> get.bucket(name)),
                        (sdk, name, at) -> assertThat(at.locationConstraintAsString())
                                .isIn(null, "")),
                ActionCase.of("ListBuckets", S3BucketActions::bucket, S3BucketActions::named,
                        (sdk, name, listed) -> assertThat(listed).containsExactly(name)),
                ActionCase.of("DeleteBucket", S3BucketActions::bucket,
                        (sdk, name) -> sdk.s3().deleteBucket(delete -> delete.bucket(name)),
                        (sdk, name, done) -> assertGone(sdk, name)));
    }

    static String bucket(Sdk sdk, String name) {
        sdk.s3().createBucket(create -> create.bucket(name));
        return name;
    }

    private static List<String> named(Sdk sdk, String name) {
        return sdk.s3().listBuckets(list -> list.prefix(name)).buckets().stream().map(Bucket::name)
                .toList();
    }

    private static void assertGone(Sdk sdk, String name) {
        assertThatThrownBy(() -> sdk.s3().headBucket(head -> head.bucket(name)))
                .isInstanceOf(NoSuchBucketException.class);
    }
}

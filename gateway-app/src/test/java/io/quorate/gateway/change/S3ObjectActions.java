package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects, in one bucket; each trial's keys begin with its id. */
final class S3ObjectActions implements ActionCases {
    private static final String BUCKET = "objects-across-leaders";
    private static final String SMALL = "small";
    /** Above what is kept beside the manifest, so a body of its own. */
    private static final String LARGE = "large body ".repeat(20_000);

    @Override
    public String service() {
        return "S3";
    }

    @Override
    public void furnish(Sdk sdk) {
        var unused = S3BucketActions.bucket(sdk, BUCKET);
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(writes(), reads(), deletions()).flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> writes() {
        return List.of(
                ActionCase.of("PutObject", (sdk, id) -> id, (sdk, key) -> put(sdk, key, SMALL),
                        (sdk, key, put) -> assertThat(text(sdk, key)).isEqualTo(SMALL)),
                ActionCase.of("PutObject of a large body", (sdk, id) -> id,
                        (sdk, key) -> put(sdk, key, LARGE),
                        (sdk, key, put) -> assertThat(text(sdk, key)).isEqualTo(LARGE)),
                ActionCase.of("PutObject with If-None-Match", (sdk, id) -> id,
                        (sdk, key) -> sdk.s3().putObject(
                                to -> to.bucket(BUCKET).key(key).ifNoneMatch("*"),
                                RequestBody.fromString(SMALL)),
                        (sdk, key, put) -> assertThat(text(sdk, key)).isEqualTo(SMALL)));
    }

    private static List<ActionCase<?, ?>> reads() {
        return List.of(
                ActionCase.of("GetObject", S3ObjectActions::small, S3ObjectActions::text,
                        (sdk, key, text) -> assertThat(text).isEqualTo(SMALL)),
                ActionCase.of("GetObject of a large body", (sdk, id) -> {
                    var unused = put(sdk, id, LARGE);
                    return id;
                }, S3ObjectActions::text, (sdk, key, text) -> assertThat(text).isEqualTo(LARGE)),
                ActionCase.of("HeadObject", S3ObjectActions::small,
                        (sdk, key) -> sdk.s3().headObject(head -> head.bucket(BUCKET).key(key)),
                        (sdk, key, head) -> assertThat(head.contentLength())
                                .isEqualTo(SMALL.length())),
                ActionCase.of("ListObjectsV2", S3ObjectActions::small,
                        (sdk, key) -> sdk.s3()
                                .listObjectsV2(list -> list.bucket(BUCKET).prefix(key)).contents(),
                        (sdk, key, listed) -> assertThat(listed).extracting(S3Object::key)
                                .containsExactly(key)),
                ActionCase.of("ListObjects", S3ObjectActions::small,
                        (sdk, key) -> sdk.s3()
                                .listObjects(list -> list.bucket(BUCKET).prefix(key)).contents(),
                        (sdk, key, listed) -> assertThat(listed).extracting(S3Object::key)
                                .containsExactly(key)));
    }

    private static List<ActionCase<?, ?>> deletions() {
        return List.of(
                ActionCase.of("DeleteObject", S3ObjectActions::small,
                        (sdk, key) -> sdk.s3()
                                .deleteObject(delete -> delete.bucket(BUCKET).key(key)),
                        (sdk, key, done) -> assertGone(sdk, key)),
                ActionCase.of("DeleteObjects", S3ObjectActions::small,
                        (sdk, key) -> sdk.s3().deleteObjects(delete -> delete.bucket(BUCKET)
                                .delete(all -> all.objects(
                                        ObjectIdentifier.builder().key(key).build()))),
                        (sdk, key, done) -> {
                            assertThat(done.errors()).isEmpty();
                            assertGone(sdk, key);
                        }));
    }

    private static PutObjectResponse put(Sdk sdk, String key, String body) {
        return sdk.s3().putObject(to -> to.bucket(BUCKET).key(key), RequestBody.fromString(body));
    }

    private static String small(Sdk sdk, String key) {
        var unused = put(sdk, key, SMALL);
        return key;
    }

    private static String text(Sdk sdk, String key) {
        return sdk.s3().getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
    }

    private static void assertGone(Sdk sdk, String key) {
        assertThatThrownBy(() -> sdk.s3().headObject(head -> head.bucket(BUCKET).key(key)))
                .isInstanceOf(NoSuchKeyException.class);
    }
}

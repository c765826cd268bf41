package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists, heads and deletions as clients of the SDK see them. */
class S3ListIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static S3Client s3;

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

    @Test
    void paginatorsSeeEveryKeyAndPrefix() {
        List<String> keys = IntStream.range(0, 25).mapToObj(i -> "p" + i % 5 + "/k" + i).sorted()
                .toList();
        s3.createBucket(to -> to.bucket("lists"));
        keys.forEach(key -> s3.putObject(to -> to.bucket("lists").key(key),
                RequestBody.fromString(key)));

        assertThat(s3.listObjectsV2Paginator(of -> of.bucket("lists").maxKeys(4)).contents())
                .extracting(S3Object::key).containsExactlyElementsOf(keys);
        assertThat(s3.listObjectsV2Paginator(of -> of.bucket("lists").delimiter("/").maxKeys(2))
                .commonPrefixes()).extracting(CommonPrefix::prefix)
                .containsExactly("p0/", "p1/", "p2/", "p3/", "p4/");
        assertThat(s3.listObjects(of -> of.bucket("lists").prefix("p1/")).contents()).hasSize(5)
                .allSatisfy(object -> assertThat(object.eTag()).isNotBlank());
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains("lists");
        assertThat(s3.getBucketLocation(of -> of.bucket("lists")).locationConstraintAsString())
                .isIn(null, "");
    }

    @Test
    void objectsAndBucketsAreDeleted() {
        s3.createBucket(to -> to.bucket("deletions"));
        for (String key : List.of("a", "b", "c d")) {
            s3.putObject(to -> to.bucket("deletions").key(key), RequestBody.fromString(key));
        }

        assertThat(s3.headObject(of -> of.bucket("deletions").key("a")).contentLength())
                .isEqualTo(1);
        s3.deleteObject(of -> of.bucket("deletions").key("a"));
        assertThatThrownBy(() -> s3.headObject(of -> of.bucket("deletions").key("a")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.deleteBucket(of -> of.bucket("deletions")))
                .isInstanceOfSatisfying(S3Exception.class, failure -> assertThat(
                        failure.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
        assertThat(s3.deleteObjects(of -> of.bucket("deletions")
                .delete(all -> all.objects(ObjectIdentifier.builder().key("b").build(),
                        ObjectIdentifier.builder().key("c d").build())))
                .deleted()).hasSize(2);
        s3.deleteBucket(of -> of.bucket("deletions"));
        assertThatThrownBy(() -> s3.headBucket(of -> of.bucket("deletions")))
                .isInstanceOf(NoSuchBucketException.class);
    }
}

package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.proxy.Direction;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.gateway.it.AwsClients;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects that must not be there yet: an attempt that finds what the lost one made is not refused for it. */
final class RetriedObjects implements RetriedCall {
    private static final String BUCKET = "retried";

    private final ClusterNode entry;
    private final TcpProxy proxy;
    private final S3Client client;

    RetriedObjects(ClusterNode entry) {
        this.entry = entry;
        try (S3Client direct = entry.clients().s3()) {
            direct.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        proxy = TcpProxy.before(entry.port());
        client = AwsClients.of(proxy.port()).s3WithoutContinue();
    }

    @Override
    public void call(int call) {
        proxy.loseNext(Direction.TO_CLIENT, 1);
        client.putObject(put -> put.bucket(BUCKET).key(key(call)).ifNoneMatch("*"),
                RequestBody.fromString(key(call)));
        assertThat(proxy.lossesLeft(Direction.TO_CLIENT)).as("answers not lost").isZero();
    }

    @Override
    public void assertAppliedOnce(int calls) {
        try (S3Client direct = entry.clients().s3()) {
            assertThat(direct.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents())
                    .extracting(S3Object::key)
                    .containsExactlyElementsOf(IntStream.range(0, calls)
                            .mapToObj(RetriedObjects::key).toList());
        }
    }

    private static String key(int call) {
        return String.format("object-%05d", call);
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
    }
}

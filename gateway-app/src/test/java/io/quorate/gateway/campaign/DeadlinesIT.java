package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.quorate.fixtures.process.ChildProcess;
import io.quorate.fixtures.time.Punctual;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.Workload;
import io.quorate.kv.v1.KvGrpc;
import io.quorate.kv.v1.PutRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A node that has lost both others, whether their processes are stopped or the network is cut: whatever it is asked
 * ends by the deadline that the asker named, a write at two seconds, not five, a probe at one, a call of the key-value
 * service at its own. Earlier it may end, once the node knows that nobody leads.
 */
class DeadlinesIT extends Campaign {
    private static final Duration WRITE = Duration.ofSeconds(2);
    private static final Duration PROBE_TIME = Duration.ofSeconds(1);
    /** For an answer's way back, and a busy machine. */
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    @Test
    void aLeaderThatLostTheOthersAnswersByTheDeadline() throws Exception {
        answersByTheDeadline(cluster().awaitLeader());
    }

    @Test
    void aFollowerThatLostTheOthersAnswersByTheDeadline() throws Exception {
        answersByTheDeadline(cluster().others(cluster().awaitLeader()).getFirst());
    }

    private void answersByTheDeadline(ClusterNode asked) throws Exception {
        List<ClusterNode> others = cluster().others(asked);
        try (Workload.Session table = new ItemWorkload().open(asked.clients())) {
            table.write("table is there");
        }

        others.forEach(other -> other.process().stop());
        assertAnswersByTheDeadline(asked);
        others.stream().map(ClusterNode::process).forEach(ChildProcess::goOn);
        cluster().awaitReady();

        cluster().isolate(asked, others);
        assertAnswersByTheDeadline(asked);
        cluster().heal();
        cluster().awaitReady();
    }

    private static void assertAnswersByTheDeadline(ClusterNode asked) throws Exception {
        try (DynamoDbClient client = asked.clients().withoutRetries().dynamoDb()) {
            Punctual.within(WRITE.plus(TOLERANCE),
                    () -> assertThatThrownBy(() -> client.putItem(put -> put
                            .tableName("kill-nine")
                            .item(Map.of("id", AttributeValue.fromS("late")))
                            .overrideConfiguration(with -> with.putHeader("X-Quorate-Timeout",
                                    String.valueOf(WRITE.toMillis())))))
                            .isInstanceOfSatisfying(AwsServiceException.class,
                                    refused -> assertThat(refused.statusCode()).isEqualTo(500)));
        }
        Punctual.within(PROBE_TIME.plus(TOLERANCE), () -> {
            Probe answer = Probe.of(asked, "/healthz/leader", PROBE_TIME);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("not leader");
        });
        assertCallEnds(asked);
    }

    private static void assertCallEnds(ClusterNode asked) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", asked.peerPort())
                .usePlaintext().build();
        try {
            await("a connection").atMost(ClusterProcesses.PATIENCE)
                    .until(() -> channel.getState(true) == ConnectivityState.READY);
            PutRequest put = PutRequest.newBuilder().setSpace("late")
                    .setKey(ByteString.copyFromUtf8("k")).build();
            Punctual.within(WRITE.plus(TOLERANCE), () -> assertThatThrownBy(
                    () -> KvGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(WRITE.toMillis(), TimeUnit.MILLISECONDS).put(put))
                    .isInstanceOf(StatusRuntimeException.class));
        } finally {
            channel.shutdownNow();
        }
    }
}

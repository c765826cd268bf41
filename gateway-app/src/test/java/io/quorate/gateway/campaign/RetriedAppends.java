package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.quorate.fixtures.proxy.Direction;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.AppendResponse;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.KvGrpc;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Appends to one row of the key-value service. The first attempt's answer is held back until the append can be read on
 * another way, and then lost; the attempt with the same request id tells its stamp.
 */
final class RetriedAppends implements RetriedCall {
    private static final String SPACE = "retried";
    private static final ByteString ROW = ByteString.copyFromUtf8("row");
    private static final int ATTEMPT_SECONDS = 10;

    private final TcpProxy proxy;
    private final ManagedChannel through;
    private final ManagedChannel direct;

    RetriedAppends(ClusterNode entry) {
        proxy = TcpProxy.before(entry.peerPort());
        through = channel(proxy.port());
        direct = channel(entry.peerPort());
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @Override
    public void call(int call) {
        AppendRequest request = AppendRequest.newBuilder().setSpace(SPACE).setKey(ROW)
                .setSuffix(ByteString.copyFromUtf8(call + "\n"))
                .setRequestId(UUID.randomUUID().toString()).build();
        // A connection of its own, so that nothing but this answer is lost.
        var unused = KvGrpc.newBlockingStub(through).withWaitForReady()
                .withDeadlineAfter(60, TimeUnit.SECONDS).get(get());
        proxy.stall(Direction.TO_CLIENT);
        ListenableFuture<AppendResponse> lost = KvGrpc.newFutureStub(through)
                .withDeadlineAfter(60, TimeUnit.SECONDS).append(request);
        await("append " + call).atMost(ClusterProcesses.PATIENCE)
                .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> row().endsWith(call + "\n"));
        proxy.healAfterLoss();
        assertThat(lost).as("the first answer").failsWithin(ClusterProcesses.PATIENCE);
        assertThat(repeat(request).getStamp()).isPositive();
    }

    private AppendResponse repeat(AppendRequest request) {
        return await("the repeated append").atMost(ClusterProcesses.PATIENCE)
                .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> KvGrpc.newBlockingStub(through)
                        .withDeadlineAfter(ATTEMPT_SECONDS, TimeUnit.SECONDS).append(request),
                        answer -> true);
    }

    @Override
    public void assertAppliedOnce(int calls) {
        assertThat(row()).isEqualTo(IntStream.range(0, calls).mapToObj(call -> call + "\n")
                .collect(Collectors.joining()));
    }

    private String row() {
        return KvGrpc.newBlockingStub(direct).withDeadlineAfter(ATTEMPT_SECONDS, TimeUnit.SECONDS)
                .get(get()).getRow().getValue().toStringUtf8();
    }

    private static GetRequest get() {
        return GetRequest.newBuilder().setSpace(SPACE).setKey(ROW).build();
    }

    @Override
    public void close() {
        through.shutdownNow();
        direct.shutdownNow();
        proxy.close();
    }
}

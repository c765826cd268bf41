package io.quorate.gateway.campaign;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.quorate.gateway.it.Workload;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.KvGrpc;
import io.quorate.kv.v1.PutRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends to rows of the key-value service, each repeated with its request id as the SDKs repeat theirs; looking for
 * them fails if one was applied twice.
 */
final class KvAppends implements Workload.Session {
    private static final String SPACE = "kill-nine";
    private static final int ROWS = 64;
    private static final int ATTEMPTS = 3;
    private static final int ATTEMPT_SECONDS = 10;
    private static final long BACKOFF_NANOS = 50_000_000;
    /** Of them an attempt may be repeated: those that say that nothing was changed, and the open ones. */
    private static final Set<Code> PASSING = Set.of(Code.UNAVAILABLE, Code.UNKNOWN,
            Code.DEADLINE_EXCEEDED, Code.ABORTED, Code.RESOURCE_EXHAUSTED);

    private final ManagedChannel channel;

    /** @param port of the node's key-value service */
    KvAppends(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext()
                .maxInboundMessageSize(8 << 20).build();
    }

    @Override
    public void write(String id) {
        AppendRequest request = AppendRequest.newBuilder().setSpace(SPACE).setKey(rowOf(id))
                .setSuffix(ByteString.copyFromUtf8(id + "\n"))
                .setRequestId(UUID.randomUUID().toString()).build();
        for (int attempt = 1;; attempt++) {
            try {
                var unused = service().append(request);
                return;
            } catch (StatusRuntimeException failed) {
                if (attempt == ATTEMPTS || !PASSING.contains(failed.getStatus().getCode())) {
                    throw failed;
                }
                LockSupport.parkNanos(BACKOFF_NANOS);
            }
        }
    }

    /** Writes so much, over the same few rows, that the state is flushed to tables. */
    void fill(int mebibytes) {
        ByteString value = ByteString.copyFrom(new byte[1 << 20]);
        for (int i = 0; i < mebibytes; i++) {
            var unused = service().put(PutRequest.newBuilder().setSpace(SPACE)
                    .setKey(ByteString.copyFromUtf8("filler-" + i % ROWS)).setValue(value)
                    .setRequestId(UUID.randomUUID().toString()).build());
        }
    }

    @Override
    public Set<String> missing(Collection<String> ids) {
        Set<String> missing = new HashSet<>(ids);
        Set<String> seen = new HashSet<>();
        for (int row = 0; row < ROWS; row++) {
            for (String applied : read(row)) {
                if (!seen.add(applied)) {
                    throw new AssertionError("applied twice: " + applied);
                }
                missing.remove(applied);
            }
        }
        return missing;
    }

    private List<String> read(int row) {
        GetResponse answer = service()
                .get(GetRequest.newBuilder().setSpace(SPACE).setKey(row(row)).build());
        return answer.getRow().getValue().toString(StandardCharsets.UTF_8).lines().toList();
    }

    private KvGrpc.KvBlockingStub service() {
        return KvGrpc.newBlockingStub(channel).withDeadlineAfter(ATTEMPT_SECONDS,
                TimeUnit.SECONDS);
    }

    private static ByteString rowOf(String id) {
        return row(Math.floorMod(id.hashCode(), ROWS));
    }

    private static ByteString row(int number) {
        return ByteString.copyFromUtf8("row-" + number);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

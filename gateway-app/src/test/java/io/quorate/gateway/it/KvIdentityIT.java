package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quorate.aws.identity.AccessKey;
import io.quorate.fixtures.net.FreePorts;
import io.quorate.gateway.identity.CallSignature;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.KvGrpc;
import io.quorate.kv.v1.PutRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key-value service of a server with configured identities. */
class KvIdentityIT {
    private static final AccessKey ROOT = new AccessKey("ROOTKEY", "root's secret");
    private static final PutRequest PUT = PutRequest.newBuilder().setSpace("orders")
            .setKey(ByteString.copyFromUtf8("k")).setValue(ByteString.copyFromUtf8("v")).build();
    private static final GetRequest GET = GetRequest.newBuilder().setSpace("orders")
            .setKey(ByteString.copyFromUtf8("k")).build();

    @TempDir
    Path data;

    private RunningServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        int port = FreePorts.next();
        server = RunningServer.on(data, Map.of("QUORATE_ACCESS_KEY", ROOT.id(),
                "QUORATE_SECRET_KEY", ROOT.secret()), port);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void signedCallsAreServed() {
        var unused = signed(ROOT, "Put", PUT.toByteArray(), Instant.now()).put(PUT);

        assertThat(signed(ROOT, "Get", GET.toByteArray(), Instant.now()).get(GET).getRow()
                .getValue()).isEqualTo(PUT.getValue());
    }

    @Test
    void unsignedWrongAndExpiredCallsAreRefusedOnThisMachineToo() {
        assertRefused(() -> KvGrpc.newBlockingStub(channel).put(PUT));
        assertRefused(() -> signed(new AccessKey(ROOT.id(), "a guess"), "Put", PUT.toByteArray(),
                Instant.now()).put(PUT));
        assertRefused(() -> signed(new AccessKey("test", "test"), "Put", PUT.toByteArray(),
                Instant.now()).put(PUT));
        assertRefused(() -> signed(ROOT, "Put", PUT.toByteArray(),
                Instant.now().minus(Duration.ofHours(1))).put(PUT));
        assertRefused(() -> signed(ROOT, "Put", GET.toByteArray(), Instant.now()).put(PUT));

        assertThat(signed(ROOT, "Get", GET.toByteArray(), Instant.now()).get(GET).hasRow())
                .isFalse();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class,
                refused -> assertThat(refused.getStatus().getCode())
                        .isEqualTo(Code.UNAUTHENTICATED));
    }

    private KvGrpc.KvBlockingStub signed(AccessKey key, String method, byte[] message,
            Instant at) {
        Metadata headers = new Metadata();
        CallSignature.headers(key, "quorate.kv.v1.Kv/" + method, message, at)
                .forEach((name, value) -> headers.put(
                        Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return KvGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}

package io.quorate.kv.peer.service;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.quorate.kv.AtLeader;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.v1.Failure;
import io.quorate.kv.v1.KvGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The service behind a real gRPC server on loopback, and a client of it. */
final class ServedKv implements AutoCloseable {
    private final Server server;
    private final ManagedChannel channel;

    ServedKv(TransactionalKv kv, AtLeader leaders) throws IOException {
        this(serving(kv, leaders), CallerAuthenticator.byCertificate());
    }

    ServedKv(KvService service, CallerAuthenticator authenticator) throws IOException {
        server = NettyServerBuilder
                .forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor().addService(service.checkedBy(authenticator)).build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext()
                .build();
    }

    private static KvService serving(TransactionalKv kv, AtLeader leaders) {
        KvService service = new KvService();
        service.serve(kv, leaders);
        return service;
    }

    /** A client that waits at most ten seconds. */
    KvGrpc.KvBlockingStub client() {
        return KvGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    /** A client that names no deadline. */
    KvGrpc.KvFutureStub futures() {
        return KvGrpc.newFutureStub(channel);
    }

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /** What a call failed with. */
    static StatusRuntimeException statusOf(ThrowingCallable call) {
        try {
            call.call();
        } catch (StatusRuntimeException e) {
            return e;
        } catch (Throwable other) {
            throw new AssertionError("failed otherwise", other);
        }
        throw new AssertionError("did not fail");
    }

    /** The detail of a status. */
    static Failure failureOf(Throwable e) {
        Status status = StatusProto.fromThrowable(e);
        if (status == null || status.getDetailsCount() != 1) {
            throw new AssertionError("one detail expected in " + status, e);
        }
        try {
            Any detail = status.getDetails(0);
            return detail.unpack(Failure.class);
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Override
    public void close() {
        try {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
            server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

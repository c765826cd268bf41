package io.quorate.benchmarks.grpc;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.quorate.benchmarks.grpc.etcd.KVGrpc;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.KvGrpc;
import io.quorate.kv.v1.PutRequest;
import io.quorate.kv.v1.PutResponse;
import java.util.function.IntFunction;

/**
 * What is asked of a server, and whether its answer is right.
 *
 * @param method the call
 * @param request about an item
 * @param right judges the answer about an item
 * @param <Q> the request
 * @param <A> the answer
 */
public record Question<Q, A>(MethodDescriptor<Q, A> method, IntFunction<Q> request,
        Judge<A> right) {
    private static final String SPACE = "bench";

    /** Judges an answer. */
    @FunctionalInterface
    public interface Judge<A> {
        /** Whether it is right. */
        boolean isRight(int item, A answer);
    }

    /** Writes a row of Quorate. */
    public static Question<PutRequest, PutResponse> quoratePut(Items items) {
        return new Question<>(KvGrpc.getPutMethod(),
                item -> PutRequest.newBuilder().setSpace(SPACE).setKey(items.key(item))
                        .setValue(items.value(item)).build(),
                (item, answer) -> answer.getStamp() > 0);
    }

    /** Reads a row of Quorate, linearizably. */
    public static Question<GetRequest, GetResponse> quorateGet(Items items) {
        return new Question<>(KvGrpc.getGetMethod(),
                item -> GetRequest.newBuilder().setSpace(SPACE).setKey(items.key(item)).build(),
                (item, answer) -> answer.getRow().getValue().equals(items.value(item)));
    }

    /** Writes a key of etcd. */
    public static Question<?, ?> etcdPut(Items items) {
        return new Question<>(KVGrpc.getPutMethod(),
                item -> io.quorate.benchmarks.grpc.etcd.PutRequest.newBuilder()
                        .setKey(items.key(item)).setValue(items.value(item)).build(),
                (item, answer) -> answer.getHeader().getRevision() > 0);
    }

    /** Reads a key of etcd, linearizably (its default). */
    public static Question<?, ?> etcdGet(Items items) {
        return new Question<>(KVGrpc.getRangeMethod(),
                item -> io.quorate.benchmarks.grpc.etcd.RangeRequest.newBuilder()
                        .setKey(items.key(item)).build(),
                (item, answer) -> answer.getKvsCount() == 1
                        && sameBytes(answer.getKvs(0).getValue(), items.value(item)));
    }

    private static boolean sameBytes(ByteString found, ByteString expected) {
        return found.equals(expected);
    }
}

package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.AtLeader;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.v1.AppendOperation;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.AppendResponse;
import io.quorate.kv.v1.DeleteOperation;
import io.quorate.kv.v1.DeleteRangeOperation;
import io.quorate.kv.v1.DeleteRangeRequest;
import io.quorate.kv.v1.DeleteRangeResponse;
import io.quorate.kv.v1.DeleteRangeResult;
import io.quorate.kv.v1.DeleteRequest;
import io.quorate.kv.v1.DeleteResponse;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.KvGrpc;
import io.quorate.kv.v1.Operation;
import io.quorate.kv.v1.PutOperation;
import io.quorate.kv.v1.PutRequest;
import io.quorate.kv.v1.PutResponse;
import io.quorate.kv.v1.RangeRequest;
import io.quorate.kv.v1.RangeResponse;
import io.quorate.kv.v1.TxnRequest;
import io.quorate.kv.v1.TxnResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The public key-value service. Safe for any thread; never blocks the thread that calls it. It can be
 * given to a server before there is a store.
 *
 * <p>Reads and unconditional writes without request id go straight to the store; all else is a
 * transaction that {@link TxnHandler} runs at the leader.
 */
public final class KvService extends KvGrpc.KvImplBase {
    private volatile @Nullable Store store;

    /** What the service works on. */
    private record Store(TransactionalKv kv, AtLeader leaders) {}

    /** The service for a server, behind the check of who calls. */
    public ServerServiceDefinition checkedBy(CallerAuthenticator authenticator) {
        return CallerInterceptor.guard(this, authenticator);
    }

    /**
     * Begins to serve; calls that came before were refused as {@link KvFailure.NoLeader}. Registers the
     * handler of transactions.
     */
    public void serve(TransactionalKv kv, AtLeader leaders) {
        leaders.register(TxnHandler.NAME, new TxnHandler());
        store = new Store(kv, leaders);
    }

    private Store store() {
        Store open = store;
        if (open == null) {
            throw new KvFailure.NoLeader().asException();
        }
        return open;
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> answer) {
        UnaryCall.read(answer, () -> {
            Space space = Requests.space(request.getSpace());
            Requests.checkKey(request.getKey());
            return store().kv().get(space.key(request.getKey())).map(row -> row
                    .map(found -> GetResponse.newBuilder()
                            .setRow(Found.of(found).toRow(request.getKey(), true)).build())
                    .orElse(GetResponse.getDefaultInstance()));
        });
    }

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> answer) {
        UnaryCall.read(answer, () -> {
            Space space = Requests.space(request.getSpace());
            Requests.checkSpan(request.getSpan());
            Requests.checkLimit(request.getLimit());
            int limit = request.getLimit() == 0 ? Limits.DEFAULT_ROWS : request.getLimit();
            return space.range(request.getSpan())
                    .map(range -> store().kv().scan(new Scan(range, limit, Limits.ANSWER_BYTES,
                            request.getDescending())).map(FoundPage::of))
                    .orElseGet(() -> Mono.just(FoundPage.empty()))
                    .map(page -> page.toResponse(request.getKeysOnly(),
                            request.getDescending()));
        });
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> answer) {
        UnaryCall.write(answer, () -> {
            if (!request.getRequestId().isEmpty()) {
                return putOnce(request);
            }
            Space space = Requests.space(request.getSpace());
            Requests.checkKey(request.getKey());
            Requests.checkValue(request.getValue());
            return store().kv()
                    .commit(Transaction.of(new Mutation.Put(space.key(request.getKey()),
                            Value.of(request.getValue().toByteArray()))))
                    .map(committed -> PutResponse.newBuilder().setStamp(committed.commitTs())
                            .build());
        });
    }

    private Mono<PutResponse> putOnce(PutRequest request) {
        return one("Put", request.getSpace(), request.getRequestId(),
                Operation.newBuilder()
                        .setPut(PutOperation.newBuilder().setKey(request.getKey())
                                .setValue(request.getValue())))
                .map(done -> PutResponse.newBuilder().setStamp(done.getStamp()).build());
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteResponse> answer) {
        UnaryCall.write(answer,
                () -> one("Delete", request.getSpace(), request.getRequestId(), Operation
                        .newBuilder()
                        .setDelete(DeleteOperation.newBuilder().setKey(request.getKey())))
                        .map(done -> DeleteResponse.newBuilder()
                                .setDeleted(done.getResults(0).getDelete().getDeleted())
                                .setStamp(done.getStamp()).build()));
    }

    @Override
    public void deleteRange(DeleteRangeRequest request,
            StreamObserver<DeleteRangeResponse> answer) {
        UnaryCall.write(answer,
                () -> one("DeleteRange", request.getSpace(), request.getRequestId(), Operation
                        .newBuilder().setDeleteRange(DeleteRangeOperation.newBuilder()
                                .setSpan(request.getSpan()).setLimit(request.getLimit())))
                        .map(KvService::removed));
    }

    private static DeleteRangeResponse removed(TxnResponse done) {
        DeleteRangeResult result = done.getResults(0).getDeleteRange();
        return DeleteRangeResponse.newBuilder().setDeleted(result.getDeleted())
                .setMore(result.getMore()).setStamp(done.getStamp()).build();
    }

    @Override
    public void append(AppendRequest request, StreamObserver<AppendResponse> answer) {
        UnaryCall.write(answer,
                () -> one("Append", request.getSpace(), request.getRequestId(), Operation
                        .newBuilder().setAppend(AppendOperation.newBuilder()
                                .setKey(request.getKey()).setSuffix(request.getSuffix())))
                        .map(done -> AppendResponse.newBuilder()
                                .setLength(done.getResults(0).getAppend().getLength())
                                .setStamp(done.getStamp()).build()));
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> answer) {
        UnaryCall.write(answer, () -> run("Txn", request));
    }

    private Mono<TxnResponse> one(String method, String space, String requestId,
            Operation.Builder operation) {
        return run(method, TxnRequest.newBuilder().setSpace(space).setRequestId(requestId)
                .addThen(operation).build());
    }

    private Mono<TxnResponse> run(String method, TxnRequest request) {
        Space space = Requests.space(request.getSpace());
        Requests.checkTxn(request);
        Optional<RetryId> retryId = request.getRequestId().isEmpty()
                ? Optional.empty()
                : Optional.of(RetryId.digestOf("kv", CallerInterceptor.caller(), method,
                        request.getSpace(),
                        request.getRequestId()));
        Key anyKey = space.key(ByteString.EMPTY);
        return store().leaders()
                .call(anyKey, TxnHandler.NAME, Value.of(request.toByteArray()), retryId)
                .map(KvService::responseOf);
    }

    private static TxnResponse responseOf(Value answer) {
        TxnAnswer.tooLong(answer).ifPresent(length -> {
            throw FailureStatus.valueTooLong(length);
        });
        return TxnAnswer.response(answer);
    }
}

package io.quorate.kv.peer.service;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.admin.v1.AddMemberRequest;
import io.quorate.kv.admin.v1.AdminGrpc;
import io.quorate.kv.admin.v1.CancelRemovalRequest;
import io.quorate.kv.admin.v1.MemberRole;
import io.quorate.kv.admin.v1.MemberStatus;
import io.quorate.kv.admin.v1.RemoveMemberRequest;
import io.quorate.kv.admin.v1.StatusRequest;
import io.quorate.kv.admin.v1.StatusResponse;
import io.quorate.kv.admin.v1.TransferLeadershipRequest;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.ServiceChannel;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * {@link ClusterAdmin} of a cluster that is reached at one of its nodes. Besides the port's failures: {@link
 * UnreachableException} if the node does not answer, {@link RefusedCallerException} if it does not know who
 * asks. Safe for any thread.
 */
public final class AdminClient implements ClusterAdmin, AutoCloseable {
    private final ServiceChannel connection;
    private final AdminGrpc.AdminFutureStub stub;

    /** Makes the headers by which a call is believed; none where a certificate is enough. */
    @FunctionalInterface
    public interface Signer {
        /**
         * Headers for one call.
         *
         * @param method full name, {@code quorate.admin.v1.Admin/Status}
         * @param message the request's bytes as they are sent
         */
        Map<String, String> sign(String method, byte[] message);
    }

    /** The node did not answer. */
    public static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreachableException(Throwable cause) {
            super("the node does not answer", cause);
        }
    }

    /** The node does not believe who asks. */
    public static final class RefusedCallerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedCallerException(Throwable cause) {
            super("the node does not know the caller", cause);
        }
    }

    /**
     * Connects when first used.
     *
     * @throws IllegalArgumentException if plaintext is not allowed to that address
     */
    public AdminClient(PeerAddress node, PeerSecurity security, Signer signer) {
        connection = ServiceChannel.to(node, security);
        stub = AdminGrpc.newFutureStub(connection.channel())
                .withInterceptors(new SigningInterceptor(signer));
    }

    @Override
    public Mono<ClusterStatus> status() {
        return call(with -> with.status(StatusRequest.getDefaultInstance()))
                .map(AdminClient::decode);
    }

    @Override
    public Mono<Void> add(String nodeId, String address) {
        return call(with -> with.addMember(AddMemberRequest.newBuilder().setNodeId(nodeId)
                .setAddress(address).build())).then();
    }

    @Override
    public Mono<Void> remove(String nodeId) {
        return call(with -> with.removeMember(
                RemoveMemberRequest.newBuilder().setNodeId(nodeId).build())).then();
    }

    @Override
    public Mono<Void> cancelRemoval(String nodeId) {
        return call(with -> with.cancelRemoval(
                CancelRemovalRequest.newBuilder().setNodeId(nodeId).build())).then();
    }

    @Override
    public Mono<Void> transfer(Optional<String> nodeId) {
        return call(with -> with.transferLeadership(TransferLeadershipRequest.newBuilder()
                .setNodeId(nodeId.orElse("")).build())).then();
    }

    private <T> Mono<T> call(Function<AdminGrpc.AdminFutureStub, ListenableFuture<T>> work) {
        return Mono.deferContextual(context -> Mono.create(sink -> {
            ListenableFuture<T> answer = work.apply(stub.withDeadlineAfter(
                    Deadline.of(context).remainingNanos(), TimeUnit.NANOSECONDS));
            sink.onDispose(() -> answer.cancel(true));
            answer.addListener(() -> {
                try {
                    sink.success(answer.get());
                } catch (ExecutionException e) {
                    sink.error(failure(Status.fromThrowable(e)));
                } catch (InterruptedException | CancellationException e) {
                    sink.error(failure(Status.fromThrowable(e)));
                }
            }, Runnable::run);
        }));
    }

    private static RuntimeException failure(Status status) {
        String sentence = Optional.ofNullable(status.getDescription()).orElse("");
        StatusRuntimeException cause = status.asRuntimeException();
        return switch (status.getCode()) {
            case INVALID_ARGUMENT -> new KvException(new KvFailure.Refused(sentence));
            case UNAUTHENTICATED, PERMISSION_DENIED -> new RefusedCallerException(cause);
            case UNAVAILABLE -> new UnreachableException(cause);
            case DEADLINE_EXCEEDED -> new KvException(new KvFailure.DeadlineExceeded());
            case OK, CANCELLED, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL,
                    DATA_LOSS ->
                new KvException(new KvFailure.OutcomeUnknown());
        };
    }

    private static ClusterStatus decode(StatusResponse wire) {
        return new ClusterStatus(UUID.fromString(wire.getCluster()), wire.getSeenBy(),
                Optional.of(wire.getLeader()).filter(name -> !name.isEmpty()), wire.getTerm(),
                wire.getCommitIndex(),
                wire.getMembersList().stream().map(AdminClient::decode).toList(),
                Optional.of(wire.getChange()).filter(change -> !change.isEmpty()));
    }

    private static ClusterStatus.Member decode(MemberStatus wire) {
        return new ClusterStatus.Member(wire.getNodeId(), UUID.fromString(wire.getMember()),
                wire.getAddress(), decode(wire.getRole()), wire.hasLag() ? wire.getLag() : -1,
                wire.hasSilentMillis() ? wire.getSilentMillis() : -1);
    }

    private static ClusterStatus.Role decode(MemberRole wire) {
        return switch (wire) {
            case MEMBER_ROLE_LEADER -> ClusterStatus.Role.LEADER;
            case MEMBER_ROLE_JOINING -> ClusterStatus.Role.JOINING;
            case MEMBER_ROLE_LEAVING -> ClusterStatus.Role.LEAVING;
            case MEMBER_ROLE_FOLLOWER, MEMBER_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                ClusterStatus.Role.FOLLOWER;
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}

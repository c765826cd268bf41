package io.quorate.kv.peer.service;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.KvFailure;
import io.quorate.kv.admin.v1.AddMemberRequest;
import io.quorate.kv.admin.v1.AddMemberResponse;
import io.quorate.kv.admin.v1.AdminGrpc;
import io.quorate.kv.admin.v1.CancelRemovalRequest;
import io.quorate.kv.admin.v1.CancelRemovalResponse;
import io.quorate.kv.admin.v1.MemberRole;
import io.quorate.kv.admin.v1.MemberStatus;
import io.quorate.kv.admin.v1.RemoveMemberRequest;
import io.quorate.kv.admin.v1.RemoveMemberResponse;
import io.quorate.kv.admin.v1.StatusRequest;
import io.quorate.kv.admin.v1.StatusResponse;
import io.quorate.kv.admin.v1.TransferLeadershipRequest;
import io.quorate.kv.admin.v1.TransferLeadershipResponse;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Operators' requests over gRPC. Answers from {@link #serve} on; never blocks. */
public final class AdminService extends AdminGrpc.AdminImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AdminService.class);

    private volatile @Nullable ClusterAdmin admin;

    /** What a server hosts. */
    public ServerServiceDefinition checkedBy(CallerAuthenticator authenticator) {
        return CallerInterceptor.guard(this, authenticator);
    }

    /** Begins to answer. */
    public void serve(ClusterAdmin cluster) {
        admin = cluster;
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> answer) {
        UnaryCall.read(answer,
                () -> with(cluster -> cluster.status().map(AdminService::encode)));
    }

    @Override
    public void addMember(AddMemberRequest request, StreamObserver<AddMemberResponse> answer) {
        note("add", request.getNodeId());
        UnaryCall.write(answer,
                () -> with(cluster -> cluster.add(request.getNodeId(), request.getAddress())
                        .thenReturn(AddMemberResponse.getDefaultInstance())));
    }

    @Override
    public void removeMember(RemoveMemberRequest request,
            StreamObserver<RemoveMemberResponse> answer) {
        note("remove", request.getNodeId());
        UnaryCall.write(answer, () -> with(cluster -> cluster.remove(request.getNodeId())
                .thenReturn(RemoveMemberResponse.getDefaultInstance())));
    }

    @Override
    public void cancelRemoval(CancelRemovalRequest request,
            StreamObserver<CancelRemovalResponse> answer) {
        note("cancel-remove", request.getNodeId());
        UnaryCall.write(answer, () -> with(cluster -> cluster.cancelRemoval(request.getNodeId())
                .thenReturn(CancelRemovalResponse.getDefaultInstance())));
    }

    @Override
    public void transferLeadership(TransferLeadershipRequest request,
            StreamObserver<TransferLeadershipResponse> answer) {
        note("transfer", request.getNodeId());
        Optional<String> target = Optional.of(request.getNodeId())
                .filter(name -> !name.isEmpty());
        UnaryCall.write(answer, () -> with(cluster -> cluster.transfer(target)
                .thenReturn(TransferLeadershipResponse.getDefaultInstance())));
    }

    private static void note(String what, String nodeId) {
        LOG.info("operator asks what={} node={} caller={}", what, nodeId,
                CallerInterceptor.caller());
    }

    private <T> Mono<T> with(Function<ClusterAdmin, Mono<T>> work) {
        ClusterAdmin cluster = admin;
        return cluster == null
                ? Mono.error(new KvFailure.NoLeader().asException())
                : work.apply(cluster);
    }

    private static StatusResponse encode(ClusterStatus status) {
        StatusResponse.Builder wire = StatusResponse.newBuilder()
                .setCluster(status.cluster().toString()).setSeenBy(status.seenBy())
                .setLeader(status.leader().orElse("")).setTerm(status.term())
                .setCommitIndex(status.commitIndex()).setChange(status.change().orElse(""));
        for (ClusterStatus.Member member : status.members()) {
            MemberStatus.Builder one = MemberStatus.newBuilder().setNodeId(member.nodeId())
                    .setMember(member.member().toString()).setAddress(member.address())
                    .setRole(encode(member.role()));
            if (member.lag() >= 0) {
                one.setLag(member.lag());
            }
            if (member.silentMillis() >= 0) {
                one.setSilentMillis(member.silentMillis());
            }
            wire.addMembers(one);
        }
        return wire.build();
    }

    private static MemberRole encode(ClusterStatus.Role role) {
        return switch (role) {
            case LEADER -> MemberRole.MEMBER_ROLE_LEADER;
            case FOLLOWER -> MemberRole.MEMBER_ROLE_FOLLOWER;
            case JOINING -> MemberRole.MEMBER_ROLE_JOINING;
            case LEAVING -> MemberRole.MEMBER_ROLE_LEAVING;
        };
    }
}

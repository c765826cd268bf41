package io.quorate.kv.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.peer.wire.AdmissionGrpc;
import io.quorate.kv.peer.wire.HandshakeGrpc;
import io.quorate.kv.peer.wire.PeerHeader;
import io.quorate.kv.peer.wire.RefusalReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets calls in whose caller this node talks to, and says who that is. */
final class HandshakeInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(HandshakeInterceptor.class);

    private final HandshakeRules rules;

    HandshakeInterceptor(HandshakeRules rules) {
        this.rules = rules;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        try {
            PeerHeader header = parse(headers);
            Optional<Refusal> refusal = refusal(call, header);
            if (refusal.isPresent()) {
                return refuse(call, refusal.get());
            }
            Caller caller = new Caller(PeerHeaders.identity(header.getFrom()));
            return Contexts.interceptCall(Context.current().withValue(Caller.KEY, caller), call,
                    headers, next);
        } catch (IllegalArgumentException | InvalidProtocolBufferException malformed) {
            return refuse(call, new Refusal(RefusalReason.MALFORMED,
                    "the caller does not say who it is: " + malformed.getMessage()));
        }
    }

    private Optional<Refusal> refusal(ServerCall<?, ?> call, PeerHeader header) {
        PeerCertificate certificate = PeerCertificate.of(call);
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        return switch (service) {
            case HandshakeGrpc.SERVICE_NAME -> rules.refuseHello(header.getFrom(), certificate);
            case AdmissionGrpc.SERVICE_NAME -> rules.refuseGuest(header.getFrom(), certificate);
            default -> rules.refuse(header, certificate);
        };
    }

    private static PeerHeader parse(Metadata headers) throws InvalidProtocolBufferException {
        byte @Nullable [] bytes = headers.get(PeerHeaders.PEER);
        if (bytes == null) {
            throw new IllegalArgumentException("no header " + PeerHeaders.PEER.name());
        }
        return PeerHeader.parseFrom(bytes);
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Refusal refusal) {
        log.warn("peer refused reason={} detail={} method={}", refusal.reason(), refusal.detail(),
                call.getMethodDescriptor().getFullMethodName());
        StatusRuntimeException refused = PeerHeaders.refused(refusal);
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }
}

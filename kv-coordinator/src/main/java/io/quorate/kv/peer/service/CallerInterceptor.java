package io.quorate.kv.peer.service;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.quorate.kv.peer.PeerCertificate;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Lets calls in whose caller is known, and remembers who that is while the call is taken. */
final class CallerInterceptor implements ServerInterceptor {
    private static final Context.Key<String> CALLER = Context.key("quorate-kv-caller");
    private static final Status UNKNOWN = Status.UNAUTHENTICATED.withDescription(
            "the call shows neither a certificate of the cluster's authority nor another"
                    + " identity that is known");

    private final CallerAuthenticator authenticator;

    private CallerInterceptor(CallerAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** A service of unary calls behind the check. Messages stay bytes until the caller is known. */
    static ServerServiceDefinition guard(BindableService service,
            CallerAuthenticator authenticator) {
        return ServerInterceptors.intercept(
                ServerInterceptors.useMarshalledMessages(service.bindService(), new Raw()),
                new CallerInterceptor(authenticator));
    }

    /**
     * The identity whose call runs on this thread.
     *
     * @throws IllegalStateException outside of a call that was let in
     */
    static String caller() {
        String caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("no call of an application runs here");
        }
        return caller;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        var shown = new CallerAuthenticator.Presented(
                call.getMethodDescriptor().getFullMethodName(), PeerCertificate.of(call),
                isFromLoopback(call), name -> textual(headers, name));
        Optional<String> caller = authenticator.authenticate(shown);
        if (caller.isPresent()) {
            return letIn(Context.current(), caller.get(), call, headers, next);
        }
        Optional<MessageProof> proof = authenticator.proof(shown);
        if (proof.isPresent()) {
            Context context = Context.current();
            return new ProvenCall<>(call, proof.get(),
                    name -> letIn(context, name, call, headers, next));
        }
        refuse(call, UNKNOWN);
        return new ServerCall.Listener<>() {};
    }

    static void refuseUnknown(ServerCall<?, ?> call) {
        refuse(call, UNKNOWN);
    }

    static void refuse(ServerCall<?, ?> call, Status status) {
        call.close(status, new Metadata());
    }

    private static <Q, A> ServerCall.Listener<Q> letIn(Context context, String caller,
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return Contexts.interceptCall(context.withValue(CALLER, caller), call, headers, next);
    }

    private static boolean isFromLoopback(ServerCall<?, ?> call) {
        return call.getAttributes()
                .get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
                && remote.getAddress() != null && remote.getAddress().isLoopbackAddress();
    }

    private static Optional<String> textual(Metadata headers, String name) {
        return Optional.ofNullable(
                headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    /** Hands on what came as it came; read while the message is handed on, and not later. */
    private static final class Raw implements Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream message) {
            return message;
        }

        @Override
        public InputStream parse(InputStream message) {
            return message;
        }
    }
}

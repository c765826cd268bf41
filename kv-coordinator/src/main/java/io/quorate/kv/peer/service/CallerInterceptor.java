package io.quorate.kv.peer.service;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quorate.kv.peer.PeerCertificate;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Lets calls in whose caller is known, and remembers who that is while the call is taken. */
final class CallerInterceptor implements ServerInterceptor {
    private static final Context.Key<String> CALLER = Context.key("quorate-kv-caller");

    private final CallerAuthenticator authenticator;

    CallerInterceptor(CallerAuthenticator authenticator) {
        this.authenticator = authenticator;
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
        Optional<String> caller = authenticator
                .authenticate(new CallerAuthenticator.Presented(
                        call.getMethodDescriptor().getFullMethodName(), PeerCertificate.of(call),
                        isFromLoopback(call), name -> textual(headers, name)));
        if (caller.isEmpty()) {
            call.close(Status.UNAUTHENTICATED.withDescription(
                    "the call shows neither a certificate of the cluster's authority nor another"
                            + " identity that is known"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller.get()), call,
                headers, next);
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
}

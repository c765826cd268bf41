package io.quorate.kv.peer.service;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Signs unary calls over their message: a call begins when its message is there, since headers go first. The message
 * is serialized once, and what is signed is what is sent.
 */
record SigningInterceptor(AdminClient.Signer signer) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method,
            CallOptions options, Channel next) {
        Serialized<Q> serialized = new Serialized<>(method.getRequestMarshaller());
        ClientCall<Q, A> call = next.newCall(
                method.toBuilder(serialized, method.getResponseMarshaller()).build(), options);
        return new Signed<>(call, method.getFullMethodName(), serialized, signer);
    }

    /** Gives out again what was serialized for the signature. */
    private static final class Serialized<Q> implements MethodDescriptor.Marshaller<Q> {
        private final MethodDescriptor.Marshaller<Q> marshaller;
        private byte[] bytes = {};

        Serialized(MethodDescriptor.Marshaller<Q> marshaller) {
            this.marshaller = marshaller;
        }

        byte[] serialize(Q message) {
            try (InputStream stream = marshaller.stream(message)) {
                bytes = stream.readAllBytes();
                return bytes.clone();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream stream(Q message) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public Q parse(InputStream stream) {
            return marshaller.parse(stream);
        }
    }

    /** One call; gRPC calls it from one thread. */
    private static final class Signed<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final String method;
        private final Serialized<Q> serialized;
        private final AdminClient.Signer signer;
        private @Nullable Listener<A> listener;
        private Metadata headers = new Metadata();
        private int requested;
        private boolean begun;

        Signed(ClientCall<Q, A> call, String method, Serialized<Q> serialized,
                AdminClient.Signer signer) {
            super(call);
            this.method = method;
            this.serialized = serialized;
            this.signer = signer;
        }

        @Override
        public void start(Listener<A> answers, Metadata first) {
            listener = answers;
            headers = first;
        }

        @Override
        public void request(int messages) {
            if (begun) {
                super.request(messages);
            } else {
                requested += messages;
            }
        }

        @Override
        public void sendMessage(Q message) {
            begin(message);
            super.sendMessage(message);
        }

        private void begin(Q message) {
            Listener<A> answers = listener;
            if (begun || answers == null) {
                throw new IllegalStateException("a unary call sends one message after its start");
            }
            begun = true;
            signer.sign(method, serialized.serialize(message)).forEach((name, value) -> headers
                    .put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
            super.start(answers, headers);
            super.request(requested);
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            if (begun) {
                super.cancel(message, cause);
            }
        }
    }
}

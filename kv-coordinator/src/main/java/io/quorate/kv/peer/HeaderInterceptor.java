package io.quorate.kv.peer;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says on every call who calls and whom it means. Safe for any thread. */
final class HeaderInterceptor implements ClientInterceptor {
    private final LocalNode self;
    private final String target;
    private volatile @Nullable Made made;

    /** A header and what it was made from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; the array is not changed
    private record Made(Optional<UUID> cluster, Optional<UUID> member, byte[] header) {}

    /** @param target the node meant; empty for whoever answers */
    HeaderInterceptor(LocalNode self, String target) {
        this.self = self;
        this.target = target;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options,
            Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(PeerHeaders.PEER, header());
                super.start(listener, headers);
            }
        };
    }

    private byte[] header() {
        Optional<UUID> cluster = self.cluster().clusterId();
        Optional<UUID> member = self.cluster().memberUuidOf(target);
        Made last = made;
        if (last == null || !last.cluster().equals(cluster) || !last.member().equals(member)) {
            last = new Made(cluster, member, PeerHeaders.header(self, target));
            made = last;
        }
        return last.header();
    }
}

package io.quorate.kv.peer;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** What a node shows and demands, and where it may do without. */
final class PeerCredentials {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private final PeerSecurity security;

    PeerCredentials(PeerSecurity security) {
        this.security = security;
    }

    /** @throws IllegalArgumentException if plaintext is not allowed on that address */
    ServerCredentials server(InetAddress bind) {
        try {
            return switch (security) {
                case PeerSecurity.Plaintext plaintext -> {
                    if (!plaintext.allowedEverywhere() && !bind.isLoopbackAddress()) {
                        throw refused("listen on", bind.getHostAddress());
                    }
                    yield InsecureServerCredentials.create();
                }
                case PeerSecurity.MutualTls tls -> TlsServerCredentials.newBuilder()
                        .keyManager(tls.certificate().toFile(), tls.key().toFile())
                        .trustManager(tls.authority().toFile())
                        .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL).build();
            };
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @throws IllegalArgumentException if plaintext is not allowed to that address */
    ChannelCredentials client(PeerAddress target) {
        try {
            return switch (security) {
                case PeerSecurity.Plaintext plaintext -> {
                    if (!plaintext.allowedEverywhere() && !isLoopback(target.host())) {
                        throw refused("talk to", target.host());
                    }
                    yield InsecureChannelCredentials.create();
                }
                case PeerSecurity.MutualTls tls -> TlsChannelCredentials.newBuilder()
                        .keyManager(tls.certificate().toFile(), tls.key().toFile())
                        .trustManager(tls.authority().toFile()).build();
            };
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** By the name alone: what a name server says is no reason to trust. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || LOOPBACK.matcher(host).matches();
    }

    private static IllegalArgumentException refused(String what, String host) {
        return new IllegalArgumentException("nodes without certificates " + what
                + " loopback addresses only, not " + host
                + ": configure certificates, or allow plaintext between nodes");
    }
}

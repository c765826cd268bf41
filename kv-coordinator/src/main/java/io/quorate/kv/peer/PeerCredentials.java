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
import java.net.UnknownHostException;

/** What a node shows and demands, and where it may do without. */
final class PeerCredentials {
    private final PeerSecurity security;

    PeerCredentials(PeerSecurity security) {
        this.security = security;
    }

    /** @throws IllegalArgumentException if plaintext is not allowed on that address */
    ServerCredentials server(InetAddress bind) {
        try {
            return switch (security) {
                case PeerSecurity.Plaintext plaintext -> {
                    requireAllowed(plaintext, bind, "listen on");
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

    /** @throws IllegalArgumentException if plaintext is not allowed to that address, or it is not known */
    ChannelCredentials client(PeerAddress target) {
        try {
            return switch (security) {
                case PeerSecurity.Plaintext plaintext -> {
                    if (!plaintext.allowedEverywhere()) {
                        requireAllowed(plaintext, InetAddress.getByName(target.host()), "talk to");
                    }
                    yield InsecureChannelCredentials.create();
                }
                case PeerSecurity.MutualTls tls -> TlsChannelCredentials.newBuilder()
                        .keyManager(tls.certificate().toFile(), tls.key().toFile())
                        .trustManager(tls.authority().toFile()).build();
            };
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("no address of host " + target.host(), unknown);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void requireAllowed(PeerSecurity.Plaintext plaintext, InetAddress address,
            String what) {
        if (!plaintext.allowedEverywhere() && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("nodes without certificates do not " + what
                    + " addresses other than loopback such as " + address.getHostAddress()
                    + ": configure certificates, or allow plaintext between nodes");
        }
    }
}

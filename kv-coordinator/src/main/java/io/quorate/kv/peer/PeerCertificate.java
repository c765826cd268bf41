package io.quorate.kv.peer;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** For whom the certificate of a connection speaks; the cluster's authority has signed it. */
public sealed interface PeerCertificate {
    /** URI names of a certificate that speaks for certain nodes only. */
    String NODE_URI = "quorate://node/";
    /** URI names of a certificate that speaks for no node. */
    String CLIENT_URI = "quorate://client/";
    /** The type of URI names in {@link X509Certificate#getSubjectAlternativeNames()}. */
    int URI_NAME = 6;

    /** The node runs without certificates. */
    record NotNeeded() implements PeerCertificate {}

    /** The caller has shown none, or one that cannot be read. */
    record Missing() implements PeerCertificate {}

    /** The URI names of the certificate shown. */
    record Shown(List<String> uris) implements PeerCertificate {}

    /** Why the certificate does not let its owner call itself by this name, if so. */
    default Optional<String> refuse(String nodeId) {
        return switch (this) {
            case NotNeeded none -> Optional.empty();
            case Missing none ->
                Optional.of("node " + nodeId + " shows no certificate of the cluster");
            case Shown(var uris) -> refuse(nodeId, uris);
        };
    }

    private static Optional<String> refuse(String nodeId, List<String> uris) {
        boolean named = uris.stream().anyMatch(uri -> uri.startsWith(NODE_URI));
        boolean client = uris.stream().anyMatch(uri -> uri.startsWith(CLIENT_URI));
        return uris.contains(NODE_URI + nodeId) || !(named || client)
                ? Optional.empty()
                : Optional.of("the certificate does not speak for node " + nodeId);
    }

    /** The certificate of a call's connection. */
    static PeerCertificate of(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return new NotNeeded();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? new Shown(uris(leaf.getSubjectAlternativeNames()))
                    : new Missing();
        } catch (SSLPeerUnverifiedException | CertificateParsingException none) {
            return new Missing();
        }
    }

    private static List<String> uris(@Nullable Collection<List<?>> names) {
        List<String> uris = new ArrayList<>();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0) instanceof Integer type && type == URI_NAME
                        && name.get(1) instanceof String uri) {
                    uris.add(uri);
                }
            }
        }
        return uris;
    }
}

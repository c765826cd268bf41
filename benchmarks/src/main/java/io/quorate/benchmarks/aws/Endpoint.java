package io.quorate.benchmarks.aws;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A server that speaks AWS protocols over plain HTTP.
 *
 * @param uri where it is; only scheme http, host and port count
 * @param accessKey the access key id
 * @param secretKey its secret
 * @param region the region of the credential scope
 */
public record Endpoint(URI uri, String accessKey, String secretKey, String region) {
    public Endpoint {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("not an http address: " + uri);
        }
    }

    /** The value of the Host header. */
    String authority() {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Where to connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}

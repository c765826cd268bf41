package io.quorate.gateway.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where clients reach the server.
 *
 * @param bind the address to listen on
 * @param port the port of all three protocols; 0 takes a free one
 * @param extraPorts more ports that serve the same, such as 9000, 9324 and 8000
 * @param publicUrl what QueueUrls begin with; absent, the request's own Host
 * @param baseDomains below these a host name names a bucket
 * @param region the region of a bucket whose creator names none
 */
public record EndpointSettings(String bind, int port, List<Integer> extraPorts,
        Optional<URI> publicUrl, List<String> baseDomains, String region) {
    public EndpointSettings {
        extraPorts = List.copyOf(extraPorts);
        baseDomains = List.copyOf(baseDomains);
    }
}

package io.quorate.gateway.operate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Looks at one node over HTTP and tells when its line has changed. For one thread. */
final class NodeProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String nodeId;
    private final int port;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1).build();
    private String last = "";

    NodeProbe(String nodeId, ClusterCommand.Ports ports) {
        this.nodeId = nodeId;
        this.port = ports.endpoint();
    }

    /** The node's line, if it is another than before. */
    Optional<String> changed() {
        String now = String.format(Locale.ROOT, "%-4s http://127.0.0.1:%d  %s", nodeId, port,
                state());
        if (now.equals(last)) {
            return Optional.empty();
        }
        last = now;
        return Optional.of(now);
    }

    private String state() {
        try {
            HttpResponse<String> ready = get("/healthz/ready");
            HttpResponse<String> leader = get("/healthz/leader");
            String role = leader.statusCode() == 200
                    ? "leader"
                    : leader.headers().firstValue("X-Quorate-Leader").isPresent()
                            ? "follower"
                            : "no leader";
            return String.format(Locale.ROOT, "%-9s  %s", role,
                    ready.statusCode() == 200 ? "ready" : "not ready: " + ready.body());
        } catch (IOException e) {
            return "starting";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }
}

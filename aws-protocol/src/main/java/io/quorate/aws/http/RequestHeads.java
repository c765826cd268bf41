package io.quorate.aws.http;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads heads from Spring's requests, as views. */
final class RequestHeads {
    private RequestHeads() {}

    static AwsRequestHead of(ServerHttpRequest request) {
        URI uri = request.getURI();
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        return new AwsRequestHead(request.getMethod().name(), path == null ? "/" : path,
                query == null ? "" : query, new HeadersView(request.getHeaders()));
    }

    private record HeadersView(HttpHeaders headers) implements AwsHeaders {
        @Override
        public @Nullable String first(String name) {
            return headers.getFirst(name);
        }

        @Override
        public List<String> all(String name) {
            return headers.getOrEmpty(name);
        }

        @Override
        public Collection<String> names() {
            return headers.headerNames();
        }
    }
}

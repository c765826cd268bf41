package io.quorate.s3.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/** An answer whose status is decided, whatever is sent. */
final class FixedStatusResponse extends ServerHttpResponseDecorator
        implements
            ZeroCopyHttpOutputMessage {
    private final int status;

    FixedStatusResponse(ServerHttpResponse response, int status) {
        super(response);
        this.status = status;
    }

    @Override
    public boolean setRawStatusCode(@Nullable Integer ignored) {
        return super.setRawStatusCode(status);
    }

    @Override
    public boolean setStatusCode(@Nullable HttpStatusCode ignored) {
        return super.setRawStatusCode(status);
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return getDelegate() instanceof ZeroCopyHttpOutputMessage zeroCopy
                ? zeroCopy.writeWith(file, position, count)
                : Mono.error(new IllegalStateException("the HTTP server cannot send files"));
    }
}

package io.quorate.s3;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.aws.http.AwsEntry;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.http.AwsLimits;
import io.quorate.aws.http.ExchangeListener;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.RequestIds;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.SigV4Verifier;
import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import io.quorate.kv.blob.BlobSettings;
import io.quorate.kv.node.Node;
import io.quorate.kv.node.NodeSeams;
import io.quorate.kv.node.NodeSettings;
import io.quorate.kv.node.NodeStartException;
import io.quorate.kv.storage.DiskSpaceGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The S3 endpoint over a real node, without a server and without signatures: requests pass the real
 * entry, which takes every caller for the owner of account 000000000000.
 */
public final class S3Endpoint implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PART = 10_000;

    private final Node node;
    private final Path blobs;
    private final AwsEntry entry;
    private Identity identity = identity("000000000000", new Permissions.Admin());

    /** An endpoint on a directory. */
    public S3Endpoint(Path directory) throws NodeStartException {
        this(directory, Duration.ofMinutes(1));
    }

    /** An endpoint that removes released files this often. */
    public S3Endpoint(Path directory, Duration collectInterval) throws NodeStartException {
        NodeSettings defaults = NodeSettings.of(directory, "n1");
        NodeSettings.Disk disk = new NodeSettings.Disk(
                new DiskSpaceGuard.Marks(1 << 20, 2 << 20, 3 << 20, 0),
                defaults.disk().log().withSegments(1 << 20, 4 << 20).withMinimumFree(1 << 20),
                defaults.disk().storage(), collected(defaults.disk().blobs(), collectInterval));
        node = Node.start(new NodeSettings(directory, "n1", defaults.threads(), disk,
                defaults.history()), NodeSeams.system(), new SimpleMeterRegistry());
        blobs = directory.resolve("blobs");
        AwsHandler handler = S3Adapter.handler(
                new S3Adapter.Store(node.kv(), node.atLeader(), node.blobs()), UUID::randomUUID,
                List.of("localhost", "s3.localhost"), AwsLimits.DEFAULT.maxS3XmlBytes());
        entry = new AwsEntry(new SigV4Verifier(IdentityDirectory.of(List.of())),
                new RequestIds(new Random(1)::nextLong), Clock.systemUTC(), AwsLimits.DEFAULT,
                List.of(new Open(handler)));
    }

    private static BlobSettings collected(BlobSettings usual, Duration interval) {
        return new BlobSettings(usual.reservation(), usual.chunkBytes(), usual.maxUploads(),
                usual.writerThreads(), interval, usual.collectBatch(), usual.copying());
    }

    /** A caller of an account. */
    public static Identity identity(String account, Permissions permissions) {
        return new Identity("caller-" + account, account, "", account, permissions);
    }

    /** Who calls from now on. */
    public S3Endpoint as(Identity caller) {
        identity = caller;
        return this;
    }

    /** With a bucket. */
    public S3Endpoint withBucket(String name) {
        Answer created = put("/" + name, new byte[0]);
        if (created.status() != 200) {
            throw new IllegalStateException("no bucket: " + created.text());
        }
        return this;
    }

    /** PUTs a body, with headers as names and values in turn. */
    public Answer put(String path, byte[] body, String... headers) {
        return wait(send("PUT", path, body, headers));
    }

    /** PUTs a text. */
    public Answer put(String path, String body, String... headers) {
        return put(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** GETs, with headers as names and values in turn. */
    public Answer get(String path, String... headers) {
        return wait(send("GET", path, new byte[0], headers));
    }

    /** Any other method. */
    public Answer call(String method, String path, String... headers) {
        return wait(send(method, path, new byte[0], headers));
    }

    /** A request that is not sent before somebody subscribes; the body comes in parts. */
    public Mono<Answer> send(String method, String path, byte[] body, String... headers) {
        return Mono.defer(() -> {
            MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest
                    .method(HttpMethod.valueOf(method), URI.create("http://localhost:4566" + path));
            HttpHeaders sent = new HttpHeaders();
            sent.set("Host", "localhost:4566");
            if (method.equals("PUT")) {
                sent.setContentLength(body.length);
            }
            for (int i = 0; i < headers.length; i += 2) {
                sent.set(headers[i], headers[i + 1]);
            }
            request.headers(sent);
            return exchange(request.body(parts(body)));
        }).contextWrite(context -> DeadlineOrigin.DEFAULT
                .into(Deadline.after(PATIENCE).into(context)));
    }

    private static Flux<DataBuffer> parts(byte[] body) {
        int number = (body.length + PART - 1) / PART;
        return Flux.range(0, number).map(i -> DefaultDataBufferFactory.sharedInstance.wrap(
                Arrays.copyOfRange(body, i * PART, Math.min(body.length, (i + 1) * PART))));
    }

    private Mono<Answer> exchange(MockServerHttpRequest request) {
        var response = new FileSendingResponse();
        return entry.handle(request, response, ExchangeListener.NONE)
                .then(Mono.defer(() -> response.getStatusCode() == null
                        ? Mono.just(new byte[0])
                        : DataBufferUtils.join(response.getBody()).map(S3Endpoint::bytes)
                                .defaultIfEmpty(new byte[0])))
                .map(body -> new Answer(
                        response.getStatusCode() == null ? 0 : response.getStatusCode().value(),
                        body, response.getHeaders()));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        return bytes;
    }

    /** Waits for an answer. */
    public static Answer wait(Mono<Answer> answer) {
        return answer.blockOptional(PATIENCE.multipliedBy(2)).orElseThrow();
    }

    /** How many bodies lie on the disk as files. */
    public long files() {
        try (var all = Files.walk(blobs)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param body the bytes
     * @param headers the headers
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, byte[] body, HttpHeaders headers) {
        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The error's code. */
        public String code() {
            String text = text();
            int at = text.indexOf("<Code>");
            return at < 0 ? "" : text.substring(at + 6, text.indexOf("</Code>"));
        }

        /** A header's first value; "" if there is none. */
        public String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    private static final class FileSendingResponse extends MockServerHttpResponse
            implements
                ZeroCopyHttpOutputMessage {
        @Override
        public Mono<Void> writeWith(Path file, long position, long count) {
            return writeWith(DataBufferUtils.takeUntilByteCount(
                    DataBufferUtils.read(new FileSystemResource(file), position, bufferFactory(),
                            PART),
                    count));
        }
    }

    private final class Open implements AwsHandler {
        private final AwsHandler handler;

        Open(AwsHandler handler) {
            this.handler = handler;
        }

        @Override
        public AwsService service() {
            return handler.service();
        }

        @Override
        public boolean acceptsUnsigned(AwsRequestHead head) {
            return true;
        }

        @Override
        public String actionOf(AwsExchange exchange) {
            return handler.actionOf(exchange);
        }

        @Override
        public Mono<Void> handle(AwsExchange exchange) {
            return handler.handle(signed(exchange));
        }

        private AwsExchange signed(AwsExchange exchange) {
            Identity caller = identity;
            return (AwsExchange) Proxy.newProxyInstance(AwsExchange.class.getClassLoader(),
                    new Class<?>[]{AwsExchange.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "identity" -> caller;
                        case "region" -> "eu-central-1";
                        case "authorize" -> caller.permissions()
                                .allows((String) arguments[0], (String) arguments[1]);
                        default -> {
                            try {
                                yield method.invoke(exchange, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    });
        }
    }
}

package io.quorate.sqs;

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
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.repository.QueueRepository;
import io.quorate.sqs.upkeep.QueueUpkeep;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The SQS endpoint without a server and without signatures: requests pass the real entry, which
 * takes every caller for the owner of account 000000000000.
 */
public final class SqsEndpoint {
    /** The URL of the queue that {@link #withQueue} makes. */
    public static final String JOBS = "http://localhost:4566/000000000000/jobs";
    /** That queue's name. */
    public static final QueueName JOBS_NAME = new QueueName("000000000000", "jobs");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AwsEntry entry;
    private final QueueUpkeep upkeep;
    private Identity identity = new Identity("owner", "000000000000", "", "owner",
            new Permissions.Admin());
    private String invocation = "";

    /** An endpoint whose ids count from 1. */
    public SqsEndpoint(QueueStore store) {
        var ids = new AtomicLong();
        SqsAdapter adapter = SqsAdapter.over(
                new SqsAdapter.Parts(new QueueRepository.Store(store, store, store),
                        () -> new UUID(0x4000, ids.incrementAndGet()), store.clock()),
                Optional.empty(), AwsLimits.DEFAULT.maxSqsBodyBytes());
        upkeep = adapter.upkeep();
        entry = new AwsEntry(new SigV4Verifier(IdentityDirectory.of(List.of())),
                new RequestIds(new Random(1)::nextLong), Clock.systemUTC(), AwsLimits.DEFAULT,
                List.of(new Open(adapter.handler())));
    }

    /** With a queue named jobs. */
    public SqsEndpoint withQueue(String... attributes) {
        String chosen = Stream.of(attributes).map(pair -> pair.split("=", 2))
                .map(pair -> "\"" + pair[0] + "\":\"" + pair[1] + "\"")
                .collect(Collectors.joining(","));
        Answer created = json("CreateQueue",
                "{\"QueueName\":\"jobs\",\"Attributes\":{" + chosen + "}}");
        if (created.status() != 200) {
            throw new IllegalStateException("no queue: " + created);
        }
        return this;
    }

    /** Who calls from now on. */
    public SqsEndpoint as(Identity caller) {
        identity = caller;
        return this;
    }

    /** The {@code amz-sdk-invocation-id} of the calls that follow. */
    public SqsEndpoint invocation(String id) {
        invocation = id;
        return this;
    }

    /** Does what time has made due. */
    public void upkeep() {
        upkeep.round().block(PATIENCE);
    }

    /** Calls an action in JSON. */
    public Answer json(String action, String body) {
        return wait(send(action, body, DeadlineOrigin.DEFAULT, PATIENCE));
    }

    /** Calls an action of the queue jobs in JSON; members without braces. */
    public Answer jobs(String action, String members) {
        return json(action, ofJobs(members));
    }

    /** The request's document. */
    public static String ofJobs(String members) {
        return "{\"QueueUrl\":\"" + JOBS + "\"" + (members.isEmpty() ? "" : "," + members) + "}";
    }

    /** A call that has not begun, under a deadline. */
    public Mono<Answer> send(String action, String body, DeadlineOrigin origin,
            Duration deadline) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest
                .post("http://localhost:4566/").header("Host", "localhost:4566")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0");
        if (!invocation.isEmpty()) {
            request.header("amz-sdk-invocation-id", invocation);
        }
        return exchange(request.body(body)).contextWrite(context -> origin
                .into(Deadline.after(deadline).into(context)));
    }

    /** Calls by the Query protocol: names and values in turn. */
    public Answer form(String path, String... parameters) {
        StringBuilder form = new StringBuilder("Version=2012-11-05");
        for (int i = 0; i < parameters.length; i += 2) {
            form.append('&').append(parameters[i]).append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        MockServerHttpRequest request = MockServerHttpRequest
                .method(HttpMethod.POST, URI.create("http://localhost:4566" + path))
                .header("Host", "localhost:4566")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form.toString());
        return wait(exchange(request).contextWrite(context -> DeadlineOrigin.DEFAULT
                .into(Deadline.after(PATIENCE).into(context))));
    }

    private Mono<Answer> exchange(MockServerHttpRequest request) {
        var response = new MockServerHttpResponse();
        return entry.handle(request, response, ExchangeListener.NONE)
                .then(Mono.defer(response::getBodyAsString).defaultIfEmpty(""))
                .map(body -> new Answer(
                        response.getStatusCode() == null ? 0 : response.getStatusCode().value(),
                        body, response.getHeaders()));
    }

    private static Answer wait(Mono<Answer> answer) {
        return answer.blockOptional(PATIENCE.multipliedBy(3)).orElseThrow();
    }

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param body the document
     * @param headers the headers
     */
    public record Answer(int status, String body, HttpHeaders headers) {
        /** The text of a JSON member or an XML element, wherever it is. */
        public String text(String name) {
            var matcher = java.util.regex.Pattern
                    .compile("\"" + name + "\":\"([^\"]*)\"|<" + name + ">([^<]*)</")
                    .matcher(body);
            if (!matcher.find()) {
                throw new AssertionError("no " + name + " in " + body);
            }
            return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
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
            return (AwsExchange) Proxy.newProxyInstance(AwsExchange.class.getClassLoader(),
                    new Class<?>[]{AwsExchange.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "identity" -> identity;
                        case "region" -> "eu-central-1";
                        case "authorize" -> identity.permissions()
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

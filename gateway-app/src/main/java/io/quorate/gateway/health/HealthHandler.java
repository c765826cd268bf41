package io.quorate.gateway.health;

import io.quorate.gateway.deadline.RequestTimeout;
import io.quorate.kv.Deadline;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers {@code /healthz} (this process serves), {@code /healthz/ready} (this node can serve every
 * group it holds) and {@code /healthz/leader} (this node leads the group, confirmed by a quorum
 * after the probe came). 200 {@code ok} or 503 with the reason, never 500, never later than the
 * probe's deadline. Safe for any thread; never blocks.
 */
public final class HealthHandler {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String LEADER_HEADER = "X-Quorate-Leader";
    /** Groups whose probes share verifications; those of further numbers ask one by one. */
    private static final int MAX_SHARED_GROUPS = 1_024;

    private final LeaderProbe leaders;
    private final NodeHealth node;
    private final Duration defaultDeadline;
    private final int defaultGroup;
    private final Map<Integer, ProbeRounds> rounds = new ConcurrentHashMap<>();

    /**
     * @param defaultGroup the group a probe means that names none
     * @param defaultDeadline for probes that name none
     */
    public HealthHandler(LeaderProbe leaders, NodeHealth node, int defaultGroup,
            Duration defaultDeadline) {
        this.leaders = leaders;
        this.node = node;
        this.defaultGroup = defaultGroup;
        this.defaultDeadline = defaultDeadline;
    }

    /** Answers a request whose path is the given one. */
    public Mono<Void> handle(HealthPath path, ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!READS.contains(request.getMethod())) {
            response.getHeaders().set(HttpHeaders.ALLOW, "GET, HEAD");
            return answer(response, HttpStatus.METHOD_NOT_ALLOWED, "");
        }
        return switch (path) {
            case SERVES -> answer(response, HttpStatus.OK, "ok");
            case READY -> ready(response);
            case LEADER -> leader(request, response);
        };
    }

    private Mono<Void> ready(ServerHttpResponse response) {
        Optional<String> reason = node.reasonNotReady();
        return reason.isEmpty()
                ? answer(response, HttpStatus.OK, "ok")
                : answer(response, HttpStatus.SERVICE_UNAVAILABLE, reason.get());
    }

    private Mono<Void> leader(ServerHttpRequest request, ServerHttpResponse response) {
        Duration timeout;
        try {
            timeout = RequestTimeout
                    .of(request.getHeaders().getFirst(RequestTimeout.HEADER))
                    .orElse(defaultDeadline);
        } catch (RequestTimeout.MalformedException e) {
            return answer(response, HttpStatus.BAD_REQUEST, e.getMessage());
        }
        int group = group(request.getURI().getRawQuery());
        if (group < 0) {
            return answer(response, Verdict.NOT_LEADER);
        }
        return rounds(group).ask(Deadline.after(timeout)).flatMap(verdict -> {
            leaders.knownLeader(group)
                    .ifPresent(id -> response.getHeaders().set(LEADER_HEADER, id));
            return answer(response, verdict);
        });
    }

    private ProbeRounds rounds(int group) {
        ProbeRounds known = rounds.get(group);
        if (known != null) {
            return known;
        }
        ProbeRounds fresh = new ProbeRounds(() -> leaders.verifyLeaderOf(group));
        if (rounds.size() >= MAX_SHARED_GROUPS) {
            return fresh;
        }
        ProbeRounds raced = rounds.putIfAbsent(group, fresh);
        return raced == null ? fresh : raced;
    }

    /** The number after {@code group=}, the default group without one, -1 if it is no number. */
    private int group(@Nullable String query) {
        if (query == null) {
            return defaultGroup;
        }
        for (String parameter : query.split("&", 16)) {
            if (parameter.startsWith("group=")) {
                return number(parameter.substring("group=".length()));
            }
        }
        return defaultGroup;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 10
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    private static Mono<Void> answer(ServerHttpResponse response, Verdict verdict) {
        return switch (verdict) {
            case OK -> answer(response, HttpStatus.OK, "ok");
            case NOT_LEADER -> answer(response, HttpStatus.SERVICE_UNAVAILABLE, "not leader");
            case OVERLOADED -> answer(response, HttpStatus.SERVICE_UNAVAILABLE, "overloaded");
        };
    }

    private static Mono<Void> answer(ServerHttpResponse response, HttpStatus status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getHeaders().setContentLength(body.length);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}

package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.PeerException;
import io.quorate.kv.PeerException.Reach;
import io.quorate.kv.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Requests between nodes of one process, and what the test lets happen to each of them. */
final class PeerNetwork {
    private final Map<String, Map<PeerCalls.Kind, PeerCalls.Handler>> served = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Fate> fates = request -> Fate.DELIVERED;

    /** What becomes of a request. */
    enum Fate {
        DELIVERED,
        /** The node says that it does not lead. */
        REFUSED,
        /** There is no connection. */
        NOT_SENT,
        /** The connection breaks before it arrives; the sender cannot know. */
        LOST,
        /** It is answered, and the connection breaks before the answer comes back. */
        ANSWER_CUT_OFF,
        /** Nothing comes back until the deadline, and nothing arrives. */
        SILENCE
    }

    /**
     * One request.
     *
     * @param content what is asked
     */
    record Request(String from, String to, PeerCalls.Kind kind, Value content) {}

    /** Decides what becomes of requests from now on. */
    void decide(Function<Request, Fate> newFates) {
        fates = newFates;
    }

    /** Everything that was asked, in order. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What was asked of this kind. */
    List<Request> requests(PeerCalls.Kind kind) {
        return requests.stream().filter(request -> request.kind() == kind).toList();
    }

    /** One node's end. */
    PeerCalls of(String self) {
        return new PeerCalls() {
            @Override
            public Mono<Value> call(String node, Kind kind, int group, Value request) {
                return Mono.deferContextual(context -> {
                    Deadline deadline = Deadline.of(context);
                    Request made = new Request(self, node, kind, request);
                    requests.add(made);
                    return meet(made, fates.apply(made), deadline,
                            () -> deliver(node, kind, group, request, deadline));
                });
            }

            @Override
            public void serve(Kind kind, Handler handler) {
                Map<Kind, Handler> mine = served.computeIfAbsent(self,
                        node -> new ConcurrentHashMap<>());
                if (mine.putIfAbsent(kind, handler) != null) {
                    throw new IllegalStateException(kind + " is taken");
                }
            }
        };
    }

    /** Who answers on a node. */
    PeerCalls.Handler serving(String node, PeerCalls.Kind kind) {
        PeerCalls.Handler handler = served.getOrDefault(node, Map.of()).get(kind);
        if (handler == null) {
            throw new IllegalStateException(node + " serves no " + kind);
        }
        return handler;
    }

    private interface Delivery {
        Mono<Value> begin();
    }

    private static Mono<Value> meet(Request made, Fate fate, Deadline deadline,
            Delivery delivery) {
        Mono<Value> silence = Mono.<Value>never().timeout(deadline.remaining(),
                lost(made, Reach.MAYBE_ARRIVED));
        return switch (fate) {
            case DELIVERED -> delivery.begin().timeout(deadline.remaining(),
                    lost(made, Reach.MAYBE_ARRIVED));
            case REFUSED -> Mono.error(
                    () -> new KvFailure.NotLeader(Optional.empty()).asException());
            case NOT_SENT -> lost(made, Reach.NOT_SENT);
            case LOST -> lost(made, Reach.MAYBE_ARRIVED);
            case ANSWER_CUT_OFF -> delivery.begin().onErrorComplete()
                    .then(lost(made, Reach.MAYBE_ARRIVED));
            case SILENCE -> silence;
        };
    }

    private static Mono<Value> lost(Request made, Reach reach) {
        return Mono.error(() -> new PeerException(made.to(), reach,
                new IllegalStateException("decided by the test")));
    }

    private Mono<Value> deliver(String node, PeerCalls.Kind kind, int group, Value request,
            Deadline deadline) {
        PeerCalls.Handler handler = serving(node, kind);
        return Mono.defer(() -> handler.handle(group, request))
                .subscribeOn(Schedulers.parallel())
                .onErrorMap(failure -> !(failure instanceof KvException),
                        failure -> new KvException(new KvFailure.OutcomeUnknown(), failure))
                .contextWrite(
                        Deadline.after(Duration.ofNanos(deadline.remainingNanos()))::into);
    }
}

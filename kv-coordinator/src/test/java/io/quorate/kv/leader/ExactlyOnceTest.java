package io.quorate.kv.leader;

import static io.quorate.kv.leader.ThreeNodes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.leader.PeerNetwork.Fate;
import io.quorate.kv.leader.ThreeNodes.Member;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** However often a request comes, it is applied once. */
class ExactlyOnceTest {
    private static final Key COUNTER = Key.of(7, "counter".getBytes(StandardCharsets.UTF_8));

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aThousandIncrementsWhoseFirstAnswerIsCutOffAreAppliedOnceAcrossLeaderChanges()
            throws Exception {
        nodes.all().forEach(node -> node.proxy().register("increment", new Increment()));
        // Every call's first request loses its answer; the second and later ones are delivered.
        Set<RetryId> cutOff = ConcurrentHashMap.newKeySet();
        nodes.peers().decide(request -> request.kind() == Kind.HANDLER
                && cutOff.add(HandlerRequest.decode(request.content()).id().id())
                        ? Fate.ANSWER_CUT_OFF
                        : Fate.DELIVERED);
        int calls = 1_000;
        CompletableFuture<List<Integer>> answers = Flux.range(0, calls)
                .flatMap(i -> increment(nodes.all().get(i % 3)), 8).collectList().toFuture();

        while (!answers.isDone()) {
            nodes.transferTo(nodes.followers().getFirst());
        }

        assertThat(answers.get()).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, calls).boxed().toList());
        assertThat(await(nodes.leader().proxy().get(COUNTER))).map(row -> number(row.value()))
                .contains(calls);
        assertThat(cutOff).hasSizeGreaterThan(100);
    }

    /** Comes again with the same id when it is told that nothing was changed, as an SDK does. */
    private static Mono<Integer> increment(Member at) {
        RetryId id = RetryId.digestOf(UUID.randomUUID().toString());
        return Mono.defer(() -> at.proxy()
                .call(COUNTER, "increment", Value.empty(), Optional.of(id))
                .contextWrite(Deadline.after(Duration.ofSeconds(20))::into))
                .retryWhen(Retry.fixedDelay(500, Duration.ofMillis(20))
                        .filter(ExactlyOnceTest::changedNothing))
                .map(ExactlyOnceTest::number);
    }

    private static boolean changedNothing(Throwable failure) {
        return failure instanceof KvException told && switch (told.failure()) {
            case KvFailure.NoLeader none -> true;
            case KvFailure.NotLeader elsewhere -> true;
            default -> false;
        };
    }

    private static int number(Value value) {
        return value.asReadOnlyBuffer().getInt();
    }

    /** Adds one and answers the sum. */
    private static final class Increment implements LeaderHandler {
        @Override
        public List<Key> latches(Value request) {
            return List.of(COUNTER);
        }

        @Override
        public Decision handle(LeaderView view, Value request) {
            int next = view.get(COUNTER).map(row -> number(row.value())).orElse(0) + 1;
            Value value = Value.of(ByteBuffer.allocate(4).putInt(next).array());
            return new Decision(Transaction.of(new Put(COUNTER, value)), value);
        }
    }
}

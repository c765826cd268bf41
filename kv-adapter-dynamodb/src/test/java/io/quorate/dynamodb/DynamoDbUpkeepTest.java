package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The loop, as it meets failures and slow rounds. */
class DynamoDbUpkeepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than the pause between two rounds. */
    private static final Duration SLOW = DynamoDbUpkeep.PAUSE.plusMillis(200);

    private final InMemoryStore store = new InMemoryStore();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void aRoundThatFailsIsSkippedAndTheNextComes() {
        try (DynamoDbUpkeep upkeep = new Endpoint(store, store).upkeepOf(probe(
                Mono.error(new KvFailure.NoLeader().asException())))) {
            upkeep.start();

            await().atMost(PATIENCE).until(() -> asked.get() >= 2);
        }
    }

    @Test
    void noRoundBeginsWhileTheLastOneRuns() {
        try (DynamoDbUpkeep upkeep = new Endpoint(store, store).upkeepOf(probe(
                Mono.delay(SLOW).then()))) {
            upkeep.start();

            await().atMost(PATIENCE).until(() -> asked.get() >= 3);
            assertThat(most).hasValue(1);
        }
    }

    private LeaderProbe probe(Mono<Void> answer) {
        Mono<Void> counted = answer.doOnSubscribe(begun -> {
            asked.incrementAndGet();
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
        }).doFinally(end -> open.decrementAndGet());
        return new LeaderProbe() {
            @Override
            public Mono<Void> verifyLeader() {
                return counted;
            }

            @Override
            public Mono<Void> verifyLeaderFor(Key key) {
                return counted;
            }

            @Override
            public Mono<Void> verifyLeaderOf(int groupId) {
                return counted;
            }

            @Override
            public Optional<String> knownLeader(int groupId) {
                return Optional.empty();
            }
        };
    }
}

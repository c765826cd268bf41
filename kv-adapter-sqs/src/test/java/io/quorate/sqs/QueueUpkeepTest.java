package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.aws.http.AwsLimits;
import io.quorate.kv.Committed;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The loop, as it meets failures and slow rounds. */
class QueueUpkeepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than the shortest pause between two rounds. */
    private static final Duration SLOW = Duration.ofMillis(1_200);

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void aRoundThatFailsIsSkippedAndTheNextComes() {
        Disposable loop = start(Mono.error(new KvFailure.NoLeader().asException()));

        await().atMost(PATIENCE).until(() -> rounds.get() >= 2);
        loop.dispose();
    }

    @Test
    void noRoundBeginsWhileTheLastOneRuns() {
        Disposable loop = start(
                Mono.delay(SLOW).then(Mono.error(new KvFailure.NoLeader().asException())));

        await().atMost(PATIENCE).until(() -> rounds.get() >= 2);
        loop.dispose();
        assertThat(most).hasValue(1);
    }

    private Disposable start(Mono<ScanPage> directory) {
        QueueStore store = new QueueStore();
        return SqsAdapter.over(new SqsAdapter.Parts(
                new QueueRepository.Store(store, store, new Directory(directory)),
                UUID::randomUUID, store.clock()), Optional.empty(),
                AwsLimits.DEFAULT.maxSqsBodyBytes()).upkeep().start();
    }

    /** Every round begins by reading it. */
    private final class Directory implements TransactionalKv {
        private final Mono<ScanPage> answer;

        Directory(Mono<ScanPage> answer) {
            this.answer = answer.doOnSubscribe(begun -> {
                rounds.incrementAndGet();
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
            }).doFinally(end -> open.decrementAndGet());
        }

        @Override
        public Mono<Optional<Versioned>> get(Key key) {
            return Mono.just(Optional.empty());
        }

        @Override
        public Mono<ScanPage> scan(Scan scan) {
            return answer;
        }

        @Override
        public Mono<Committed> commit(Transaction transaction) {
            return Mono.error(new KvFailure.NoLeader().asException());
        }
    }
}

package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Real threads against one proposer: what was said agrees with the log. */
class ProposerStressTest {
    private static final int CALLERS = 4;
    private static final int EACH = 10_000;

    @Test
    void everyOutcomeAgreesWithTheLogUnderContention() throws InterruptedException {
        long seed = System.nanoTime();
        ScriptedRaftGroup group = new ScriptedRaftGroup().applying(Numbers::apply);
        try (DeadlineTimer timer = new DeadlineTimer("deadlines")) {
            Proposer<Long> proposer = new Proposer<>(group, Numbers.format(), timer,
                    new ProposerLimits(8, new ProposerLimits.Size(64, 4096),
                            new ProposerLimits.Size(4096, 1 << 20),
                            new ProposerLimits.Size(4, 1 << 20), Duration.ofSeconds(2)),
                    ProposerListener.NONE);
            AtomicBoolean done = new AtomicBoolean();
            Thread engine = Thread.ofPlatform().start(() -> runEngine(group, done, seed));
            List<List<RecordedAnswer>> answers = new ArrayList<>();
            List<Set<Long>> removed = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < CALLERS; t++) {
                List<RecordedAnswer> own = new ArrayList<>();
                Set<Long> ownRemoved = new HashSet<>();
                answers.add(own);
                removed.add(ownRemoved);
                long first = (long) t * EACH;
                threads.add(Thread.ofPlatform().start(
                        () -> runCaller(proposer, first, new Random(seed + first), own,
                                ownRemoved)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            await()
                    .until(() -> proposer.queuedCommands() == 0 && group.held() == 0
                            && proposer.inFlightEntries() == 0);
            done.set(true);
            engine.join();

            check(group.log(), answers, removed, seed);
            assertThat(timer.pending()).isZero();
        }
    }

    private static void runEngine(ScriptedRaftGroup group, AtomicBoolean done, long seed) {
        Random random = new Random(seed);
        long term = 1;
        while (!done.get()) {
            int dice = random.nextInt(1000);
            if (dice == 0) {
                group.stepDown(++term, "b");
                group.lead(++term, true);
            } else if (dice < 20) {
                group.failNext(new RaftFailure.Overloaded("entries"));
            } else if (dice < 40) {
                group.commitNextUnheard();
            } else {
                group.commitNext();
            }
        }
    }

    private static void runCaller(Proposer<Long> proposer, long first, Random random,
            List<RecordedAnswer> answers, Set<Long> removed) {
        for (long number = first; number < first + EACH; number++) {
            RecordedAnswer answer = new RecordedAnswer();
            Wait wait = proposer.submit(Numbers.command(number),
                    Deadline.after(Duration.ofMillis(1 + random.nextInt(2000))), answer);
            Wait.Left left = random.nextInt(10) == 0 ? wait.cancel() : Wait.Left.ENDED;
            switch (left) {
                case REMOVED -> removed.add(number);
                case ABANDONED -> {
                }
                case ENDED -> answers.add(answer);
            }
            if (left == Wait.Left.ENDED && random.nextInt(250) == 0) {
                awaitTold(answer);
            }
        }
    }

    /** Keeps the callers from running away from the engine. */
    private static void awaitTold(RecordedAnswer answer) {
        try {
            assertThat(answer.awaitTold()).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(List<byte[]> log, List<List<RecordedAnswer>> answers,
            List<Set<Long>> removed, long seed) {
        Set<Long> committed = new HashSet<>();
        long lastStamp = 0;
        for (byte[] entry : log) {
            assertThat(Numbers.firstStamp(entry)).as("seed %d", seed).isGreaterThan(lastStamp);
            lastStamp = Numbers.firstStamp(entry) + Numbers.commands(entry).size() - 1;
            for (long number : Numbers.commands(entry)) {
                assertThat(committed.add(number)).as("once, seed %d", seed).isTrue();
            }
        }
        int successes = 0;
        int definite = 0;
        for (List<RecordedAnswer> own : answers) {
            for (RecordedAnswer answer : own) {
                assertThat(answer.news()).as("told once, seed %d", seed).hasSize(1);
                Object news = answer.news().getFirst();
                if (news instanceof Long result) {
                    successes++;
                    assertThat(committed.remove(result)).as("acknowledged once, seed %d", seed)
                            .isTrue();
                } else if (!(news instanceof KvFailure.OutcomeUnknown)) {
                    definite++;
                }
            }
        }
        removed.forEach(
                own -> assertThat(committed).as("seed %d", seed).doesNotContainAnyElementsOf(
                        own.isEmpty() ? List.of(-1L) : own));
        // How many of each depends on the machine's speed; a run without one of them proves little.
        assertThat(successes).as("successes").isPositive();
        assertThat(definite).as("definite failures").isPositive();
    }
}

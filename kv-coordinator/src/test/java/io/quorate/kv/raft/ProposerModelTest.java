package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of callers, deadlines, cancels, engine answers and leadership changes. Whatever
 * the schedule: nothing is acknowledged twice or without being in the log once, what failed
 * definitely is never in the log, and nobody is forgotten.
 */
class ProposerModelTest {
    private static final List<RaftFailure> DEFINITE = List.of(
            new RaftFailure.NotLeader(Optional.of("b")), new RaftFailure.Overloaded("entries"),
            new RaftFailure.LeadershipTransferInProgress());

    @Test
    void everyOutcomeAgreesWithTheLog() {
        run(300);
    }

    @Test
    @Tag("slow")
    void everyOutcomeAgreesWithTheLogInManySchedules() {
        run(20_000);
    }

    private static void run(int schedules) {
        long base = System.nanoTime();
        for (int i = 0; i < schedules; i++) {
            new Schedule(base + i).play();
        }
    }

    /** One schedule, replayable by its seed. */
    private static final class Schedule {
        private final long seed;
        private final Random random;
        private final ManualTime time = new ManualTime();
        private final ScriptedRaftGroup group = new ScriptedRaftGroup().applying(Numbers::apply);
        private final Proposer<Long> proposer;
        private final List<Caller> callers = new ArrayList<>();
        private long term = 1;

        Schedule(long seed) {
            this.seed = seed;
            // Neighbouring seeds of Random begin alike.
            this.random = new Random(new SplittableRandom(seed).nextLong());
            this.proposer = new Proposer<>(group, Numbers.format(), time.timer(),
                    new ProposerLimits(8, new ProposerLimits.Size(1 + random.nextInt(5), 64),
                            new ProposerLimits.Size(1 + random.nextInt(30), 240),
                            new ProposerLimits.Size(1 + random.nextInt(4), 96),
                            Duration.ofMillis(50 + random.nextInt(2000))),
                    ProposerListener.NONE);
        }

        void play() {
            for (int step = 0; step < 200; step++) {
                act(random.nextInt(20));
            }
            group.lead(++term, true);
            group.commitAll();
            check();
        }

        private void act(int what) {
            switch (what) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> submit();
                case 8, 9, 10 -> group.commitNext();
                case 11 -> group.failNext(DEFINITE.get(random.nextInt(DEFINITE.size())));
                case 12 -> group.failNext(new RaftFailure.OutcomeUnknown());
                case 13 -> group.commitNextUnheard();
                case 14, 15 -> time.pass(Duration.ofMillis(random.nextInt(200)));
                case 16, 17 -> cancelSomebody();
                case 18 -> group.transferring(random.nextBoolean());
                case 19 -> changeLeader();
                default -> throw new AssertionError(what);
            }
        }

        private void submit() {
            Caller caller = new Caller(callers.size());
            callers.add(caller);
            caller.wait = proposer.submit(Numbers.command(caller.number),
                    time.in(Duration.ofMillis(random.nextInt(3000))), caller.answer);
        }

        private void cancelSomebody() {
            if (!callers.isEmpty()) {
                Caller caller = callers.get(random.nextInt(callers.size()));
                Wait.Left left = caller.wait.cancel();
                caller.left = caller.left == Wait.Left.ENDED ? left : caller.left;
            }
        }

        private void changeLeader() {
            if (random.nextBoolean()) {
                group.stepDown(++term, "b");
            }
            group.lead(++term, random.nextBoolean());
        }

        private void check() {
            Set<Long> committed = new HashSet<>();
            long lastStamp = 0;
            for (byte[] entry : group.log()) {
                assertThat(Numbers.firstStamp(entry)).as("stamps, seed %d", seed)
                        .isGreaterThan(lastStamp);
                lastStamp = Numbers.firstStamp(entry) + Numbers.commands(entry).size() - 1;
                Numbers.commands(entry).forEach(number -> assertThat(committed.add(number))
                        .as("%d is in the log once, seed %d", number, seed).isTrue());
            }
            callers.forEach(caller -> caller.check(committed, seed));
            assertThat(proposer.queuedCommands()).isZero();
            assertThat(proposer.queuedBytes()).isZero();
            assertThat(proposer.inFlightEntries()).isZero();
            assertThat(time.timer().pending()).as("seed %d", seed).isZero();
        }
    }

    private static final class Caller {
        private final long number;
        private final RecordedAnswer answer = new RecordedAnswer();
        private Wait wait = Wait.ENDED;
        private Wait.Left left = Wait.Left.ENDED;

        Caller(long number) {
            this.number = number;
        }

        void check(Set<Long> committed, long seed) {
            String who = "caller " + number + ", seed " + seed;
            boolean cancelled = left != Wait.Left.ENDED;
            assertThat(answer.news()).as(who).hasSize(cancelled ? 0 : 1);
            Object news = cancelled ? left : answer.news().getFirst();
            if (news instanceof Long result) {
                assertThat(result).as(who).isEqualTo(number);
                assertThat(committed).as(who).contains(number);
            } else if (!(news instanceof KvFailure.OutcomeUnknown)
                    && news != Wait.Left.ABANDONED) {
                assertThat(committed).as(who + " " + news).doesNotContain(number);
            }
        }
    }
}

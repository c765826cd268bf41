package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of callers, lost, late and repeated messages, and rivals elected behind this
 * member's back. Whatever the schedule: whoever was told that this member leads came before any
 * rival was elected; and everybody is told once.
 */
class LeaderVerifierModelTest {
    @Test
    void nobodyIsConfirmedWhoCameAfterARivalWasElected() {
        assertThat(run(2000)).as("confirmed callers").isPositive();
    }

    @Test
    @Tag("slow")
    void nobodyIsConfirmedWhoCameAfterARivalWasElectedInManySchedules() {
        assertThat(run(100_000)).as("confirmed callers").isPositive();
    }

    private static long run(int schedules) {
        long base = System.nanoTime();
        long confirmed = 0;
        for (int i = 0; i < schedules; i++) {
            confirmed += new Schedule(base + i).play();
        }
        return confirmed;
    }

    /** A message under way to a peer, or back from it. */
    private record Message(String peer, long term, long round, boolean back) {}

    /** One schedule, replayable by its seed. */
    private static final class Schedule implements ConfirmChannel {
        private final long seed;
        private final Random random;
        private final ManualTime time = new ManualTime();
        private final ScriptedRaftGroup group = new ScriptedRaftGroup();
        private final LeaderVerifier verifier;
        private final List<String> voters;
        private final Map<String, Long> terms = new HashMap<>();
        private final List<Message> underWay = new ArrayList<>();
        private final List<RecordedAnswer> callers = new ArrayList<>();
        private final List<Boolean> cameInTime = new ArrayList<>();
        private final List<Boolean> cancelled = new ArrayList<>();
        private final List<Wait> waits = new ArrayList<>();
        private Listener listener = (voter, term, round) -> {};
        private long term = 1;
        private boolean rivalElected;

        Schedule(long seed) {
            this.seed = seed;
            // Neighbouring seeds of Random begin alike.
            this.random = new Random(new SplittableRandom(seed).nextLong());
            this.voters = random.nextBoolean()
                    ? List.of("a", "b", "c")
                    : List.of("a", "b", "c", "d", "e");
            this.verifier = new LeaderVerifier(new WithChannel(group, this), time.timer(),
                    new VerifierLimits(100, 2 + random.nextInt(3), Duration.ofMillis(5),
                            Duration.ofMillis(20)),
                    VerifierListener.NONE);
            lead();
        }

        @Override
        public void broadcast(long asked, long round) {
            voters.stream().filter(voter -> !voter.equals("a"))
                    .forEach(peer -> underWay.add(new Message(peer, asked, round, false)));
        }

        @Override
        public void onConfirmed(Listener only) {
            listener = only;
        }

        long play() {
            for (int step = 0; step < 150; step++) {
                act(random.nextInt(40));
            }
            time.pass(Duration.ofSeconds(10));
            time.pass(Duration.ofSeconds(10));
            return check();
        }

        private void act(int what) {
            if (what < 12) {
                call();
            } else if (what < 30) {
                deliver();
            } else if (what < 33) {
                time.pass(Duration.ofMillis(random.nextInt(30)));
            } else if (what < 35) {
                cancelSomebody();
            } else if (what == 35) {
                electRival();
            } else if (what == 36 && rivalElected) {
                lead();
            } else if (what == 37) {
                group.transferring(true);
                group.transferring(false);
            }
        }

        private void call() {
            RecordedAnswer answer = new RecordedAnswer();
            callers.add(answer);
            cameInTime.add(!rivalElected);
            cancelled.add(false);
            waits.add(verifier.verify(time.in(Duration.ofMillis(1 + random.nextInt(500))),
                    answer));
        }

        private void cancelSomebody() {
            if (!waits.isEmpty()) {
                int who = random.nextInt(waits.size());
                if (waits.get(who).cancel() != Wait.Left.ENDED) {
                    cancelled.set(who, true);
                }
            }
        }

        /** Any message under way arrives, is lost, or arrives and stays under way. */
        private void deliver() {
            if (underWay.isEmpty()) {
                return;
            }
            int which = random.nextInt(underWay.size());
            Message message = underWay.get(which);
            if (random.nextInt(10) != 0) {
                underWay.remove(which);
            }
            if (random.nextInt(10) == 0) {
                return;
            }
            if (message.back()) {
                listener.confirmed(message.peer(), message.term(), message.round());
            } else if (terms.getOrDefault(message.peer(), 0L) == message.term()) {
                underWay.add(new Message(message.peer(), message.term(), message.round(), true));
            }
        }

        /** A quorum of the others elects a rival; this member does not hear of it. */
        private void electRival() {
            rivalElected = true;
            long later = ++term;
            List<String> peers = new ArrayList<>(voters);
            peers.remove("a");
            java.util.Collections.shuffle(peers, random);
            peers.subList(0, voters.size() / 2 + 1)
                    .forEach(peer -> terms.put(peer, later));
        }

        /** This member is elected in a new term. */
        private void lead() {
            term++;
            rivalElected = false;
            voters.forEach(voter -> terms.put(voter, term));
            group.become(new Leadership(term, Leadership.Role.LEADER, Optional.of("a"), true,
                    false, voters));
        }

        private long check() {
            long confirmed = 0;
            for (int i = 0; i < callers.size(); i++) {
                List<Object> news = callers.get(i).news();
                assertThat(news).as("caller %d, seed %d", i, seed)
                        .hasSize(cancelled.get(i) ? 0 : 1);
                if (!news.isEmpty() && news.getFirst() instanceof Long) {
                    confirmed++;
                    assertThat(cameInTime.get(i)).as("caller %d, seed %d", i, seed).isTrue();
                }
            }
            assertThat(verifier.waiters()).isZero();
            assertThat(verifier.openRounds()).isZero();
            assertThat(time.timer().pending()).as("seed %d", seed).isZero();
            return confirmed;
        }
    }

    /** A group with another channel. */
    private record WithChannel(ScriptedRaftGroup group, ConfirmChannel confirms)
            implements
                RaftGroup {
        @Override
        public int groupId() {
            return group.groupId();
        }

        @Override
        public String self() {
            return group.self();
        }

        @Override
        public Leadership leadership() {
            return group.leadership();
        }

        @Override
        public void onLeadershipChange(LeadershipListener listener) {
            group.onLeadershipChange(listener);
        }

        @Override
        public void propose(long term, byte[] entry, ProposalCallback callback) {
            group.propose(term, entry, callback);
        }

        @Override
        public long commitIndex() {
            return group.commitIndex();
        }

        @Override
        public long appliedIndex() {
            return group.appliedIndex();
        }

        @Override
        public Registration whenApplied(long index, Runnable action) {
            return group.whenApplied(index, action);
        }

        @Override
        public void transferLeadership(String target, ProposalCallback callback) {
            group.transferLeadership(target, callback);
        }
    }
}

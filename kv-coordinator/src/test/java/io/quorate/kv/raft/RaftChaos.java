package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random run: members crash, restart, stall, lose their disks' caches, are cut off; messages are lost, repeated,
 * delayed and overtaken, while proposals and Confirm rounds go on. Afterwards nothing acknowledged may be missing,
 * nothing refused may be there, everything is applied once and in one order, and no confirmed read index was stale.
 */
public final class RaftChaos {
    private record Round(String leader, long term, long number, long readIndex, long acknowledged,
            Set<String> voters) {}

    private final RaftWorld world;
    private final RaftDriver driver;
    private final Random random;
    private final Map<Long, String> leaderOfTerm = new HashMap<>();
    private final Set<String> listened = new HashSet<>();
    private final Map<Long, Round> rounds = new HashMap<>();
    private long nextRound = 1;
    private int confirmedRounds;
    private int proposals;

    /** A run over this world, decided by the seed. */
    public RaftChaos(RaftWorld world, long seed) {
        this.world = world;
        this.driver = new RaftDriver(world);
        this.random = new Random(seed);
    }

    /** Rages for so many steps, then lets the world heal and checks it. */
    public void run(int steps) {
        for (int step = 0; step < steps; step++) {
            listen();
            mishap();
            work();
            world.advance(Duration.ofMillis(5 + random.nextInt(60)));
        }
        heal();
        check();
    }

    /** How many rounds were confirmed by a quorum: a run without any has shown nothing about them. */
    public int confirmedRounds() {
        return confirmedRounds;
    }

    /** How many proposals were said to be committed. */
    public long committed() {
        return driver.answers().stream().filter(Answer::isCommitted).count();
    }

    private void listen() {
        for (String member : world.members()) {
            if (world.isUp(member)) {
                RaftGroup group = world.group(member);
                if (listened.add(member + "/" + System.identityHashCode(group))) {
                    group.onLeadershipChange(now -> noteLeader(member, now));
                    group.confirms()
                            .onConfirmed((voter, term, round) -> noteConfirm(voter, term, round));
                }
            }
        }
    }

    private void noteLeader(String member, Leadership now) {
        if (now.isLeader()) {
            assertThat(leaderOfTerm.putIfAbsent(now.term(), member))
                    .as("leader of term " + now.term())
                    .isIn(null, member);
        }
    }

    private void noteConfirm(String voter, long term, long number) {
        Round round = rounds.get(number);
        if (round == null || round.term() != term) {
            return;
        }
        round.voters().add(voter);
        if (round.voters().size() + 1 == world.members().size() / 2 + 1) {
            confirmedRounds++;
            assertThat(round.readIndex()).as("read index confirmed for " + round)
                    .isGreaterThanOrEqualTo(round.acknowledged());
        }
    }

    private void mishap() {
        String member = world.members().get(random.nextInt(world.members().size()));
        switch (random.nextInt(28)) {
            case 0, 1 -> world.crash(member);
            case 2 -> crashMany();
            case 3, 4, 5 -> world.members().forEach(world::restart);
            case 6 -> pause(member);
            case 7, 8 -> world.members().stream().filter(world::isUp).forEach(world::resume);
            case 9 -> driver.isolate(member);
            case 10 -> cutOneWay(member);
            case 11, 12 -> world.healNetwork();
            case 13 -> world.weather(0.1, 0.1, Duration.ofNanos(50_000), Duration.ofMillis(40));
            case 14 -> world.weather(0.3, 0.3, Duration.ofNanos(50_000), Duration.ofMillis(300));
            case 15 -> transfer(member);
            default -> {
            }
        }
    }

    private void crashMany() {
        world.members().stream().filter(each -> random.nextBoolean()).forEach(world::crash);
    }

    private void pause(String member) {
        if (world.isUp(member)) {
            world.pause(member);
        }
    }

    private void cutOneWay(String member) {
        List<String> others = driver.others(member);
        if (!others.isEmpty()) {
            world.cut(member, others.get(random.nextInt(others.size())));
        }
    }

    private void transfer(String target) {
        for (String leader : driver.serving()) {
            world.group(leader).transferLeadership(target, new Answer("transfer"));
        }
    }

    private void work() {
        for (String leader : driver.serving()) {
            for (int i = random.nextInt(6); i > 0; i--) {
                driver.propose(leader, "p" + proposals++ + "-" + "x".repeat(random.nextInt(40)));
            }
            openRound(leader);
        }
    }

    private void openRound(String leader) {
        RaftGroup group = world.group(leader);
        Leadership now = group.leadership();
        long acknowledged = driver.answers().stream().filter(Answer::isCommitted)
                .mapToLong(Answer::index).max()
                .orElse(0);
        long number = nextRound++;
        rounds.put(number, new Round(leader, now.term(), number, group.commitIndex(), acknowledged,
                new HashSet<>()));
        group.confirms().broadcast(now.term(), number);
    }

    private void heal() {
        world.healNetwork();
        world.members().forEach(world::restart);
        world.members().forEach(world::resume);
        listen();
        String leader = driver.awaitLeader();
        driver.await("every proposal is answered",
                () -> driver.answers().stream().allMatch(Answer::isAnswered));
        assertThat(driver.proposeAndWait(driver.awaitLeader(), "last-from-" + leader).answers())
                .isEqualTo(1);
        driver.awaitSameHistory();
    }

    private void check() {
        List<RecordingMachine.Applied> history = world.machine(world.members().get(0)).history();
        for (String member : world.members()) {
            assertThat(world.machine(member).history()).as("history of " + member)
                    .isEqualTo(history);
        }
        List<String> commands = world.machine(world.members().get(0)).commands();
        assertThat(commands).as("applied commands").doesNotHaveDuplicates();
        Set<String> applied = new HashSet<>(commands);
        for (Answer answer : driver.answers()) {
            assertThat(answer.answers()).as("answers to " + answer.text()).isEqualTo(1);
            if (answer.isCommitted()) {
                assertThat(history.get((int) answer.index() - 1).text())
                        .as("entry acknowledged at " + answer.index()).isEqualTo(answer.text());
            }
            if (answer.isRefused()) {
                assertThat(applied).as("applied commands").doesNotContain(answer.text());
            }
        }
    }
}

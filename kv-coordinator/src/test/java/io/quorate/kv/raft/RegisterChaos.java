package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.linearizability.LinearizabilityChecker;
import io.quorate.fixtures.linearizability.RegisterModel;
import io.quorate.fixtures.linearizability.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A random run of clients of registers while members crash, restart, freeze, lose their disks or their caches, are cut
 * off, hand over, leave and are replaced, and the clock jumps. Afterwards what the clients saw must be linearizable, and
 * every voter must hold the same.
 */
final class RegisterChaos {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How often waits are looked at, and so how late a deadline may be. */
    private static final Duration TURN = Duration.ofMillis(4);
    private static final int NEWCOMERS = 8;

    private final RaftWorld world;
    private final Random random;
    private final RegisterClients clients;
    private final DeadlineTimer timer;
    private final Map<String, RegisterMachine> machines = new HashMap<>();
    private final Map<String, RegisterNode> nodes = new LinkedHashMap<>();
    private final Set<String> frozen = new LinkedHashSet<>();
    private final Set<String> failing = new LinkedHashSet<>();
    private final Set<String> retired = new LinkedHashSet<>();
    private final List<String> newcomers = new ArrayList<>();
    private int opened;
    private int membershipChanges;
    private boolean closed;

    /** A run over this world, decided by the seed. */
    RegisterChaos(RaftWorld world, long seed, RegisterClients.Reads reads) {
        this.world = world;
        this.random = new Random(seed);
        this.clients = new RegisterClients(world, random, reads);
        this.timer = new DeadlineTimer(1 << 12, world::nanoTime, Thread.ofPlatform().daemon(true));
        turnTimer();
    }

    private void turnTimer() {
        timer.turn();
        if (!closed) {
            world.schedule(this::turnTimer, TURN);
        }
    }

    /** Rages for so many steps, then lets the world heal, and judges. */
    Verdict run(int steps) {
        for (int step = 0; step < steps; step++) {
            serve();
            mishap();
            clients.act(awake());
            world.advance(Duration.ofMillis(5 + random.nextInt(60)));
        }
        heal();
        checkReplicas();
        closed = true;
        return new LinearizabilityChecker<>(new RegisterModel())
                .check(clients.history().operations());
    }

    /** How often clients have achieved this. */
    int count(RegisterClients.Feat feat) {
        return clients.count(feat);
    }

    /** How often the membership was changed. */
    int membershipChanges() {
        return membershipChanges;
    }

    private Map<String, RegisterNode> awake() {
        Map<String, RegisterNode> awake = new LinkedHashMap<>(nodes);
        awake.keySet().removeAll(frozen);
        return awake;
    }

    private void serve() {
        for (String member : world.members()) {
            if (world.isUp(member) && !nodes.containsKey(member)) {
                RegisterMachine machine = machines.computeIfAbsent(member, name -> {
                    RegisterMachine fresh = new RegisterMachine();
                    world.machine(name).interpret(fresh);
                    return fresh;
                });
                nodes.put(member, new RegisterNode(world.group(member), machine, timer));
            }
        }
    }

    private void mishap() {
        String member = world.members().get(random.nextInt(world.members().size()));
        switch (random.nextInt(40)) {
            case 0, 1 -> crash(member);
            case 2 -> world.members().stream().filter(any -> random.nextBoolean())
                    .forEach(this::crash);
            case 3, 4, 5, 6 -> restartAll();
            case 7, 8 -> freeze(member);
            case 9, 10, 11 -> thawAll();
            case 12 -> isolate(member);
            case 13 -> others(member).stream().limit(1)
                    .forEach(other -> world.cut(member, other));
            case 14 -> others(member).forEach(other -> world.cut(member, other));
            case 15, 16 -> world.healNetwork();
            case 17 -> world.weather(0.1, 0.1, Duration.ofNanos(50_000), Duration.ofMillis(40));
            case 18 -> world.weather(0.3, 0.3, Duration.ofNanos(50_000), Duration.ofMillis(300));
            case 19, 20 -> transfer(member);
            case 21 -> world.jump(Duration.ofMillis(random.nextInt(5_000)));
            case 22 -> pause(member);
            case 23 -> failDisk(member);
            case 24, 25, 26 -> changeMembership();
            default -> {
            }
        }
    }

    private void crash(String member) {
        if (world.isUp(member)) {
            Optional.ofNullable(nodes.remove(member)).ifPresent(RegisterNode::close);
            world.crash(member);
            failing.remove(member);
            thaw(member);
        }
    }

    private void restartAll() {
        world.members().stream().filter(member -> !retired.contains(member))
                .forEach(world::restart);
        serve();
    }

    private void freeze(String member) {
        if (world.isUp(member)) {
            frozen.add(member);
            world.freeze(member);
        }
    }

    private void thaw(String member) {
        if (frozen.remove(member)) {
            world.thaw(member);
        }
    }

    private void thawAll() {
        List.copyOf(frozen).forEach(this::thaw);
        world.members().stream().filter(world::isUp).forEach(world::resume);
    }

    private void pause(String member) {
        if (world.isUp(member)) {
            world.pause(member);
        }
    }

    private void failDisk(String member) {
        if (world.isUp(member)) {
            failing.add(member);
            world.failDisk(member);
        }
    }

    private void isolate(String member) {
        for (String other : others(member)) {
            world.cut(member, other);
            world.cut(other, member);
        }
    }

    private List<String> others(String member) {
        return world.members().stream().filter(other -> !other.equals(member)).toList();
    }

    private List<String> serving() {
        return awake().keySet().stream()
                .filter(member -> world.group(member).leadership().serving()).toList();
    }

    private void transfer(String target) {
        for (String leader : serving()) {
            world.group(leader).transferLeadership(target, new Answer("transfer"));
        }
    }

    /**
     * A voter leaves, or one comes. Who was asked to leave never comes again, nor is started again once it has left: its
     * data says that it was removed.
     */
    private void changeMembership() {
        for (String leader : serving()) {
            List<String> voters = world.group(leader).leadership().voters();
            List<String> leaving = voters.stream().filter(voter -> !voter.equals(leader)).toList();
            if (random.nextBoolean() && leaving.size() >= 2) {
                String member = leaving.get(random.nextInt(leaving.size()));
                newcomers.remove(member);
                world.removeMember(leader, member, whenCommitted(() -> {
                    crash(member);
                    retired.add(member);
                }));
            } else if (voters.size() < 5) {
                newcomer(voters).ifPresent(
                        member -> world.addMember(leader, member, whenCommitted(() -> {})));
            }
        }
    }

    private Optional<String> newcomer(List<String> voters) {
        Optional<String> waiting = newcomers.stream().filter(world::isUp)
                .filter(member -> !voters.contains(member)).findFirst();
        if (waiting.isEmpty() && opened < NEWCOMERS) {
            opened++;
            String newcomer = world.openNewcomer();
            newcomers.add(newcomer);
            return Optional.of(newcomer);
        }
        return waiting;
    }

    private RaftGroup.ProposalCallback whenCommitted(Runnable then) {
        return new RaftGroup.ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                membershipChanges++;
                world.schedule(then, Duration.ZERO);
            }

            @Override
            public void failed(RaftFailure failure) {
                // Refused or unknown: the next attempt looks at the voters again.
                assertThat(failure).isNotNull();
            }
        };
    }

    private void heal() {
        thawAll();
        List.copyOf(failing).forEach(this::crash);
        restartAll();
        world.healNetwork();
        await("clients are answered", clients::areIdle);
        await("a leader serves and all voters follow", () -> leader().isPresent());
        for (String key : RegisterClients.keys()) {
            readFinally(key);
        }
        await("all voters have applied the same", this::votersAgree);
    }

    private void readFinally(String key) {
        int before = clients.count(RegisterClients.Feat.READ);
        for (int tries = 0; clients.count(RegisterClients.Feat.READ) == before; tries++) {
            assertThat(tries).as("tries to read at last").isLessThan(10);
            await("a leader", () -> leader().isPresent());
            clients.readFinally(node(leader().orElseThrow()), key);
            await("the last read is answered", clients::areIdle);
        }
    }

    private RegisterNode node(String member) {
        return Optional.ofNullable(nodes.get(member)).orElseThrow();
    }

    /** The leader that all voters follow, and that is not about to hand over. */
    private Optional<String> leader() {
        return serving().stream().filter(leader -> {
            Leadership now = world.group(leader).leadership();
            return !now.transferring() && now.voters().stream()
                    .allMatch(voter -> retired.contains(voter) || follows(voter, leader, now));
        }).findFirst();
    }

    private boolean follows(String voter, String leader, Leadership now) {
        if (!world.isUp(voter)) {
            return false;
        }
        Leadership own = world.group(voter).leadership();
        return own.term() == now.term() && own.leader().equals(Optional.of(leader));
    }

    private boolean votersAgree() {
        return leader().filter(leader -> voters(leader).stream()
                .allMatch(voter -> world.machine(voter).history().size() == world.group(leader)
                        .commitIndex()))
                .isPresent();
    }

    private List<String> voters(String leader) {
        return world.group(leader).leadership().voters().stream()
                .filter(voter -> !retired.contains(voter)).toList();
    }

    private void checkReplicas() {
        String leader = leader().orElseThrow();
        List<RecordingMachine.Applied> history = world.machine(leader).history();
        for (String member : world.members()) {
            List<RecordingMachine.Applied> own = world.machine(member).history();
            boolean votes = voters(leader).contains(member);
            assertThat(own).as("history of " + member)
                    .isEqualTo(votes ? history : history.subList(0, own.size()));
        }
    }

    private void await(String what, BooleanSupplier condition) {
        assertThat(world.runUntil(condition, PATIENCE)).as(() -> what + ", but " + describe())
                .isTrue();
    }

    private String describe() {
        List<String> lines = new ArrayList<>();
        for (String member : world.members()) {
            lines.add("\n" + member + (world.isUp(member)
                    ? " " + world.group(member).leadership() + " commit "
                            + world.group(member).commitIndex() + " applied "
                            + world.group(member).appliedIndex()
                    : retired.contains(member) ? " retired" : " down"));
        }
        return lines.toString();
    }
}

package io.quorate.kv.raft.hazelcast;

import com.hazelcast.internal.util.Clock;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.RaftWorld;
import io.quorate.kv.raft.RecordingMachine;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Members on Hazelcast's engine in hand-driven time. Hazelcast's clock is the JVM's, so there is one world at a time.
 */
public final class HazelcastWorld implements RaftWorld {
    /** The most that time a member's force of its disk takes. */
    private static final long FORCE_NANOS_MAX = 2_000_000;

    private final class Seat {
        private final RaftMember member;
        private final MemberDisk disk;
        private final RecordingMachine machine = new RecordingMachine();
        private SimulatedExecutor executor;
        private HazelcastRaftGroup group;

        Seat(RaftMember member, MemberDisk disk) {
            this.member = member;
            this.disk = disk;
            this.executor = newExecutor();
            this.group = open(this.executor);
        }

        private SimulatedExecutor newExecutor() {
            return new SimulatedExecutor(ticker, settings.inbox(), HazelcastWorld.this::seeded);
        }

        private HazelcastRaftGroup open(SimulatedExecutor on) {
            RaftMember self = member;
            GroupSetup setup = new GroupSetup(0, self, founders, settings,
                    firewall.transportOf(self.nodeId()),
                    HazelcastWorld.this::fetch, disk.open(time -> on.spend(time)), machine,
                    task -> ticker.schedule(task,
                            Duration.ofNanos(random.nextLong(FORCE_NANOS_MAX))),
                    new Random(random.nextLong()));
            return HazelcastRaftGroup.open(setup, on);
        }
    }

    private final ManualTicker ticker = new ManualTicker(System.nanoTime());
    private final Random random;
    private final RaftSettings settings;
    private final Firewall firewall;
    private final List<RaftMember> founders;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final List<String> up = new ArrayList<>();
    private final MemberDisk.Maker disks;
    private final Map<String, Firewall.Rule> frozen = new HashMap<>();
    private final Path checkpoints;
    private long sent;
    private int fetches;
    private int failingFetches;

    /**
     * @param size     how many members
     * @param seed     decides everything that is left to chance
     * @param settings all members' settings
     * @param disks    makes each member's disk
     */
    public HazelcastWorld(int size, long seed, RaftSettings settings, MemberDisk.Maker disks) {
        MonotonicHazelcastClock.driveBy(ticker);
        if (Clock.currentTimeMillis() != MonotonicHazelcastClock.now()) {
            throw new IllegalStateException("Hazelcast does not run on our clock");
        }
        this.random = new Random(seed);
        this.settings = settings;
        this.disks = disks;
        this.firewall = new Firewall(ticker::schedule, random);
        this.checkpoints = temporaryDirectory();
        this.founders = IntStream.rangeClosed(1, size)
                .mapToObj(n -> new RaftMember(new UUID(7, n), "n" + n)).toList();
        for (RaftMember member : founders) {
            seats.put(member.nodeId(), new Seat(member, disks.make(member.nodeId(), random)));
            up.add(member.nodeId());
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("raft-world");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The engine draws election timeouts from a generator of its own; they are drawn again from the seed. */
    private long seeded(long delayMillis) {
        long election = settings.timing().election().toMillis();
        return delayMillis < election ? delayMillis : election + random.nextInt(1000);
    }

    private CompletableFuture<CheckpointFetcher.Fetched> fetch(String from, int groupId,
            long atLeast) {
        CompletableFuture<CheckpointFetcher.Fetched> answer = new CompletableFuture<>();
        fetches++;
        if (failingFetches > 0) {
            failingFetches--;
            return CompletableFuture.failedFuture(new IOException("as a test wants it"));
        }
        if (!up.contains(from)) {
            return CompletableFuture.failedFuture(new IOException(from + " is down"));
        }
        Path directory = checkpoints.resolve("checkpoint-" + sent + "-" + random.nextLong());
        try {
            Files.createDirectory(directory);
        } catch (IOException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        var unused = seat(from).group.checkpoint(directory).whenComplete((mark, failure) -> {
            if (mark == null) {
                answer.completeExceptionally(failure);
            } else {
                ticker.schedule(
                        () -> answer.complete(new CheckpointFetcher.Fetched(mark, directory)),
                        Duration.ofMillis(5));
            }
        });
        return answer;
    }

    private Seat seat(String member) {
        Seat seat = seats.get(member);
        if (seat == null) {
            throw new IllegalArgumentException("no member " + member);
        }
        return seat;
    }

    /** Opens a node that is no member yet, with an empty disk. */
    RaftMember open(String nodeId, MemberDisk.Maker disks) {
        RaftMember member = new RaftMember(new UUID(8, seats.size() + 1), nodeId);
        seats.put(nodeId, new Seat(member, disks.make(nodeId, random)));
        up.add(nodeId);
        return member;
    }

    @Override
    public String openNewcomer() {
        return open("n" + (seats.size() + 1), disks).nodeId();
    }

    @Override
    public void addMember(String leader, String member, RaftGroup.ProposalCallback callback) {
        seat(leader).group.addMember(seat(member).member, callback);
    }

    @Override
    public void removeMember(String leader, String member, RaftGroup.ProposalCallback callback) {
        seat(leader).group.removeMember(member, callback);
    }

    /** So many fetches of checkpoints fail. */
    void failFetches(int count) {
        failingFetches = count;
    }

    /** Fetches begun so far. */
    int fetches() {
        return fetches;
    }

    /** The network, for rules by message type. */
    public Firewall firewall() {
        return firewall;
    }

    /** The disk of a member. */
    MemberDisk disk(String member) {
        return seat(member).disk;
    }

    @Override
    public List<String> members() {
        return List.copyOf(seats.keySet());
    }

    @Override
    public RaftGroup group(String member) {
        if (!up.contains(member)) {
            throw new IllegalStateException(member + " is down");
        }
        return seat(member).group;
    }

    @Override
    public RecordingMachine machine(String member) {
        return seat(member).machine;
    }

    @Override
    public boolean isUp(String member) {
        return up.contains(member);
    }

    @Override
    public void crash(String member) {
        if (up.remove(member)) {
            Seat seat = seat(member);
            seat.group.close();
            seat.disk.crash();
            seat.machine.crash();
        }
    }

    @Override
    public void restart(String member) {
        if (!up.contains(member)) {
            Seat seat = seat(member);
            seat.executor = seat.newExecutor();
            seat.group = seat.open(seat.executor);
            up.add(member);
        }
    }

    @Override
    public void pause(String member) {
        seat(member).executor.pause();
    }

    @Override
    public void resume(String member) {
        seat(member).executor.resume();
    }

    @Override
    public void freeze(String member) {
        pause(member);
        frozen.computeIfAbsent(member, frosty -> firewall.hold(
                envelope -> envelope.from().equals(frosty) || envelope.to().equals(frosty)));
    }

    @Override
    public void thaw(String member) {
        Firewall.Rule rule = frozen.remove(member);
        if (rule != null) {
            rule.lift();
            rule.release();
            resume(member);
        }
    }

    @Override
    public void failDisk(String member) {
        seat(member).disk.failForces();
    }

    @Override
    public void cut(String from, String to) {
        firewall.cut(from, to);
    }

    @Override
    public void healNetwork() {
        firewall.heal();
    }

    @Override
    public void weather(double lost, double repeated, Duration shortest, Duration longest) {
        firewall.weather(new Firewall.Weather(lost, repeated, shortest, longest), envelope -> true);
    }

    @Override
    public long messagesSent() {
        return firewall.sent();
    }

    @Override
    public Duration electionTimeout() {
        return settings.timing().election();
    }

    @Override
    public int window() {
        return settings.window().proposals();
    }

    @Override
    public int entryBytesMax() {
        return settings.appends().entryBytes();
    }

    @Override
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        return ticker.runUntil(condition, limit);
    }

    @Override
    public long nanoTime() {
        return ticker.getAsLong();
    }

    @Override
    public void schedule(Runnable action, Duration delay) {
        ticker.schedule(action, delay);
    }

    @Override
    public void jump(Duration ahead) {
        ticker.jump(ahead);
    }

    @Override
    public void advance(Duration duration) {
        ticker.advance(duration);
    }

    @Override
    public void close() {
        List.copyOf(up).forEach(member -> {
            up.remove(member);
            seat(member).group.close();
        });
        seats.values().forEach(seat -> seat.disk.close());
        MonotonicHazelcastClock.driveBy(System::nanoTime);
        deleteCheckpoints();
    }

    private void deleteCheckpoints() {
        try (var files = Files.walk(checkpoints)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

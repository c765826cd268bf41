package io.quorate.kv.raft;

import io.quorate.fixtures.linearizability.History;
import io.quorate.fixtures.linearizability.Outcome;
import io.quorate.fixtures.linearizability.RegisterCommand;
import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Clients of registers, one operation each at a time, which they note in a history. */
final class RegisterClients {
    /** How a client reads. */
    enum Reads {
        /** Behind a read index that a quorum has confirmed. */
        CONFIRMED,
        /** From whoever is asked, as it is there: wrong, to show that it is found. */
        UNCONFIRMED
    }

    /** What clients have achieved, so that a run which shows nothing is noticed. */
    enum Feat {
        WRITE, READ, READ_ELSEWHERE, UNKNOWN, VERIFIED
    }

    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final int CLIENTS = 6;

    private final RaftWorld world;
    private final Random random;
    private final Reads reads;
    private final History<RegisterCommand, String> history = new History<>();
    private final Map<Feat, Integer> feats = new HashMap<>();
    private final boolean[] busy = new boolean[CLIENTS];
    private final String[] lastSeen = new String[CLIENTS];
    private long number;
    private long highestServingTerm;

    RegisterClients(RaftWorld world, Random random, Reads reads) {
        this.world = world;
        this.random = random;
        this.reads = reads;
        java.util.Arrays.fill(lastSeen, "");
    }

    History<RegisterCommand, String> history() {
        return history;
    }

    int count(Feat feat) {
        return feats.getOrDefault(feat, 0);
    }

    boolean areIdle() {
        for (boolean one : busy) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    /** Lets some idle clients ask some of these nodes. */
    void act(Map<String, RegisterNode> nodes) {
        List<RegisterNode> all = List.copyOf(nodes.values());
        List<RegisterNode> leaders = all.stream()
                .filter(node -> node.group().leadership().serving()).toList();
        leaders.forEach(node -> highestServingTerm = Math.max(highestServingTerm,
                node.group().leadership().term()));
        for (int client = 0; client < CLIENTS && !all.isEmpty(); client++) {
            if (!busy[client] && random.nextInt(3) > 0) {
                List<RegisterNode> from = leaders.isEmpty() || random.nextInt(6) == 0
                        ? all
                        : leaders;
                act(client, from.get(random.nextInt(from.size())),
                        all.get(random.nextInt(all.size())));
            }
        }
    }

    private void act(int client, RegisterNode node, RegisterNode other) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Deadline deadline = deadline();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                var told = begin(client, key, new RegisterCommand.Read(), Feat.READ);
                if (reads == Reads.CONFIRMED) {
                    node.read(key, deadline, told);
                } else {
                    told.accept(node.local(key));
                }
            }
            case 3, 4 -> readElsewhere(begin(client, key, new RegisterCommand.Read(),
                    Feat.READ_ELSEWHERE), node, other, key);
            case 5 -> verify(node, deadline);
            default -> change(client, node, key, command(client), deadline);
        }
    }

    private RegisterCommand command(int client) {
        String value = "v" + number;
        return switch (random.nextInt(3)) {
            case 0 -> new RegisterCommand.Write(value);
            case 1 -> new RegisterCommand.Swap(value);
            default -> new RegisterCommand.CompareAndSet(lastSeen[client], value);
        };
    }

    private void change(int client, RegisterNode node, String key, RegisterCommand command,
            Deadline deadline) {
        node.change(number++, key, command, deadline, begin(client, key, command, Feat.WRITE));
    }

    private void readElsewhere(Consumer<Outcome<String>> told, RegisterNode leader,
            RegisterNode here, String key) {
        Deadline deadline = deadline();
        leader.readIndex(deadline,
                index -> world.schedule(() -> here.readAfter(index, key, deadline, told),
                        Duration.ofMillis(random.nextInt(20))),
                () -> told.accept(new Outcome.Failed<>()));
    }

    private void verify(RegisterNode node, Deadline deadline) {
        long before = highestServingTerm;
        node.verify(deadline, () -> {
            note(Feat.VERIFIED);
            if (node.group().leadership().term() < before) {
                throw new AssertionError("term " + node.group().leadership().term()
                        + " was verified after term " + before + " was served");
            }
        }, () -> {});
    }

    /** Reads a key until it is answered. */
    void readFinally(RegisterNode leader, String key) {
        leader.read(key, new Deadline(world.nanoTime() + Duration.ofSeconds(5).toNanos()),
                begin(0, key, new RegisterCommand.Read(), Feat.READ));
    }

    static List<String> keys() {
        return KEYS;
    }

    private Consumer<Outcome<String>> begin(int client, String key, RegisterCommand command,
            Feat feat) {
        History.Call<RegisterCommand> call = history.call(client, key, command);
        busy[client] = true;
        return outcome -> {
            busy[client] = false;
            switch (outcome) {
                case Outcome.Ok<String> ok -> {
                    history.ok(call, ok.answer());
                    lastSeen[client] = ok.answer();
                    note(feat);
                }
                case Outcome.Failed<String> failed -> history.failed(call);
                case Outcome.Unknown<String> unknown -> note(Feat.UNKNOWN);
            }
        };
    }

    private void note(Feat feat) {
        feats.merge(feat, 1, Integer::sum);
    }

    private Deadline deadline() {
        return new Deadline(
                world.nanoTime() + Duration.ofMillis(20 + random.nextInt(2_000)).toNanos());
    }
}

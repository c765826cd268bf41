package io.quorate.kv.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What tests of a group do again and again. */
public final class RaftDriver {
    /** In hand-driven time, so it costs little. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RaftWorld world;
    private final List<Answer> answers = new ArrayList<>();

    /** Drives this world. */
    public RaftDriver(RaftWorld world) {
        this.world = world;
    }

    /** Every answer asked for so far. */
    public List<Answer> answers() {
        return answers;
    }

    /** Turns time until it holds. */
    public void await(String what, BooleanSupplier condition) {
        assertThat(world.runUntil(condition, PATIENCE)).as(() -> what + " but " + describe())
                .isTrue();
    }

    private String describe() {
        return world.members().stream().map(member -> world.isUp(member)
                ? "\n" + member + " " + world.group(member).leadership() + " commit "
                        + world.group(member).commitIndex()
                        + " applied " + world.group(member).appliedIndex() + " history "
                        + world.machine(member).history().size()
                : "\n" + member + " down").toList().toString();
    }

    /** The members that lead and serve, each by its own account. */
    public List<String> serving() {
        return world.members().stream().filter(world::isUp)
                .filter(member -> world.group(member).leadership().serving()).toList();
    }

    /** Waits until one member serves and every member that runs follows it. */
    public String awaitLeader() {
        await("all follow one leader", () -> agreedLeader().isPresent());
        return agreedLeader().orElseThrow();
    }

    private Optional<String> agreedLeader() {
        List<Leadership> all = world.members().stream().filter(world::isUp)
                .map(member -> world.group(member).leadership()).toList();
        Optional<String> leader = all.get(0).leader();
        boolean agreed = leader.isPresent() && all.stream()
                .allMatch(each -> each.leader().equals(leader) && each.term() == all.get(0).term());
        return agreed && serving().equals(List.of(leader.get())) ? leader : Optional.empty();
    }

    /** Proposes at a member, in the term that it believes to be in. */
    public Answer propose(String member, String text) {
        return propose(member, world.group(member).leadership().term(), text);
    }

    /** Proposes at a member in a term. */
    public Answer propose(String member, long term, String text) {
        Answer answer = new Answer(text);
        answers.add(answer);
        world.group(member).propose(term, text.getBytes(UTF_8), answer);
        return answer;
    }

    /** Proposes and waits for the answer. */
    public Answer proposeAndWait(String member, String text) {
        Answer answer = propose(member, text);
        await("an answer for " + text, answer::isAnswered);
        return answer;
    }

    /** Waits until all members that run have applied the same number of entries, all that are committed. */
    public void awaitSameHistory() {
        String leader = awaitLeader();
        await("all have applied what is committed",
                () -> world.members().stream().filter(world::isUp)
                        .allMatch(member -> world.machine(member).history().size() == world
                                .group(leader).commitIndex()));
    }

    /** The members other than this. */
    public List<String> others(String member) {
        return world.members().stream().filter(other -> !other.equals(member)).toList();
    }

    /** Cuts a member off, both ways. */
    public void isolate(String member) {
        for (String other : others(member)) {
            world.cut(member, other);
            world.cut(other, member);
        }
    }
}

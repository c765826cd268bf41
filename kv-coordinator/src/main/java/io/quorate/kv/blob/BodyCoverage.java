package io.quorate.kv.blob;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * What a change of a group's voters asks about bodies, so that every quorum of voters always includes a
 * holder of every live body. The order of events, one change at a time, at the group's leader:
 *
 * <ul>
 * <li>ADD: {@link #settle} with the voters as they are; the consensus adds the node; {@link #settle}
 * with the voters as they are now. The addition is complete when that completes.
 * <li>REMOVE: {@link #retire}; when that completes, the consensus may remove the node; {@link #settle}
 * with the voters as they are now. If the node stays after all: {@link #keep}.
 * </ul>
 *
 * <p>A step may be repeated, and one that was broken off is made up for by the next {@link #settle}.
 * Safe for any thread. Waits end at the {@link Deadline} in the Reactor Context with
 * {@link KvFailure.DeadlineExceeded}; a change of the members that raced with another is
 * {@link KvFailure.ConditionFailed}.
 */
public interface BodyCoverage {
    /**
     * Follows the voters and completes once every live body has a majority of the members as holders.
     *
     * @param route one of the group's
     * @param voters the group's voters, at its leader, while no change runs
     */
    Mono<Void> settle(int route, List<String> voters);

    /**
     * Counts a voter no longer, after {@link #settle}, and completes once every live body has a majority
     * of the others as holders.
     *
     * @param route one of the group's
     * @param voters the group's voters, at its leader, while no change runs
     * @param node the voter
     */
    Mono<Void> retire(int route, List<String> voters, String node);

    /** Counts a retired voter again: it is not removed. What it holds is put down anew. */
    Mono<Void> keep(int route, List<String> voters, String node);

    /** How things stand. */
    Mono<Report> report(int route);

    /** What a {@link #settle} or {@link #retire} that has not completed saw last; empty if none waits. Returns at once. */
    Optional<Report> waitsFor();

    /**
     * How things stand.
     *
     * @param configuration counts the changes of the members
     * @param members nodes that count
     * @param live bodies that something refers to
     * @param uncovered those of them without a majority of the members as holders
     */
    record Report(long configuration, List<String> members, long live, long uncovered) {
        public Report {
            members = List.copyOf(members);
        }
    }
}

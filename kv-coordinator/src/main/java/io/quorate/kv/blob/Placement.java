package io.quorate.kv.blob;

import io.quorate.kv.Deadline;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Says who holds the bodies of a group, and copies to them. Safe for any thread. */
final class Placement {
    /** Each look at the members waits this long at most. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionalKv kv;
    private final BodyGroups groups;
    private final Copies.Means means;

    Placement(TransactionalKv kv, BodyGroups groups, Copies.Means means) {
        this.kv = kv;
        this.groups = groups;
        this.means = means;
    }

    String self() {
        return groups.self();
    }

    /** The members of the group that accounts for a body. */
    Mono<BodyMembers> members(UUID id) {
        return members(BlobKeys.routeOf(id)).map(Recorded::members);
    }

    /** The members of the group that owns a route. */
    Mono<Recorded> members(int route) {
        return kv.get(BlobKeys.members(route)).map(row -> row
                .map(found -> new Recorded(found.version(), BodyMembers.decode(found.value())))
                .orElseGet(() -> new Recorded(Versioned.ABSENT,
                        BodyMembers.founders(groups.voters(route)))))
                .contextWrite(context -> Deadline.after(STEP_TIMEOUT).into(context));
    }

    /** Commits, within the time of one step. */
    Mono<Void> commit(Transaction transaction) {
        return kv.commit(transaction).then()
                .contextWrite(context -> Deadline.after(STEP_TIMEOUT).into(context));
    }

    /** Copies of one body, not yet begun. */
    Copies copies(UUID id, BodyMembers members, Copies.Listener listener) {
        return new Copies(means, new Copies.Target(id, groups.self(), members), listener);
    }

    /**
     * Members as the group's state has them.
     *
     * @param version of their row, {@link Versioned#ABSENT} if the founders are in force
     */
    record Recorded(long version, BodyMembers members) {}
}

package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.RetryId;
import io.quorate.kv.command.CommandId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id under which a request's command is known. A caller's own id is used from the first attempt
 * on; without one, an id is made when the request leaves this node for the first time, since an attempt
 * that was made here is only repeated if it changed nothing. One thread at a time.
 */
final class SentId {
    /** How far the group's time here may lie behind the leader's before it takes requests for old. */
    static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final Optional<RetryId> callers;
    private final CommandIds ids;
    private @Nullable CommandId sent;

    SentId(Optional<RetryId> callers, CommandIds ids) {
        this.callers = callers;
        this.ids = ids;
    }

    /** The id for an attempt here; none if nothing was sent and the caller has none. */
    Optional<CommandId> here() {
        return sent != null ? Optional.of(sent) : callers.map(CommandId::ofCaller);
    }

    /** The id for an attempt elsewhere, which may come late; the same each time. */
    CommandId sent(long logMillis, Deadline budget) {
        CommandId known = sent;
        if (known == null) {
            long validBefore = logMillis + budget.remaining().toMillis()
                    + CLOCK_TOLERANCE.toMillis();
            known = new CommandId(callers.orElseGet(ids::next), validBefore, callers.isPresent());
            sent = known;
        }
        return known;
    }

    /** Whether an attempt that was made here may be made again after an unknown outcome. */
    boolean isKnownHere() {
        return sent != null || callers.isPresent();
    }

    /** The next one is stamped anew. */
    void renew() {
        sent = null;
    }
}

package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.state.RaftGroupMembers;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rule 8: who was a member as far as this process has seen, and is none. Such a data directory may hold its own removal
 * unapplied, which would silence it for good as soon as it had a vote again. What outlasts a process is written down by
 * who decides on members. Confined to the group's thread.
 */
final class FormerMembers {
    /** The oldest are forgotten beyond. */
    private static final int MAX = 64;

    private final Set<RaftMember> former = new LinkedHashSet<>();
    private @Nullable RaftGroupMembers last;

    /** Takes over the members that are committed now. */
    void follow(RaftGroupMembers committed) {
        RaftGroupMembers before = last;
        if (committed.equals(before)) {
            return;
        }
        last = committed;
        if (before != null) {
            Collection<RaftEndpoint> now = committed.members();
            before.members().stream().filter(member -> !now.contains(member))
                    .forEach(member -> former.add((RaftMember) member));
        }
        if (former.size() > MAX) {
            former.remove(former.iterator().next());
        }
    }

    boolean contains(RaftMember member) {
        return former.contains(member);
    }
}

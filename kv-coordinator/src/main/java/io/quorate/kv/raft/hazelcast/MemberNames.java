package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Node ids of the engine's endpoints. */
final class MemberNames {
    private MemberNames() {}

    static Optional<String> of(@Nullable RaftEndpoint endpoint) {
        return endpoint == null ? Optional.empty() : Optional.of(((RaftMember) endpoint).nodeId());
    }

    /** In an order that does not depend on how the configuration came about. */
    static List<String> of(Collection<RaftEndpoint> endpoints) {
        return endpoints.stream().map(endpoint -> ((RaftMember) endpoint).nodeId()).sorted()
                .toList();
    }
}

package io.quorate.kv.member;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The cluster a data directory belongs to.
 *
 * @param cluster its id
 * @param members the first configuration this directory's groups are opened with: the founders, or for
 *        one that joined later, the voters it found
 */
public record Founded(UUID cluster, List<RaftMember> members) {
    public Founded {
        members = members.stream().sorted(Comparator.comparing(RaftMember::nodeId)).toList();
    }

    /** A cluster of one. */
    public static Founded alone(RaftMember self) {
        return new Founded(UUID.randomUUID(), List.of(self));
    }

    /** The cluster of these founders: each of them comes to the same by itself. */
    public static Founded by(Collection<RaftMember> founders) {
        String all = founders.stream().map(founder -> founder.nodeId() + "=" + founder.uuid())
                .sorted().collect(Collectors.joining("\n"));
        UUID cluster = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
        return new Founded(cluster, List.copyOf(founders));
    }
}

package io.quorate.kv.raft.hazelcast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes what the log keeps beside entries: members, the vote, the snapshot's members. Stateless. */
public final class StateCodec {
    private StateCodec() {}

    /**
     * The first configuration a group was created with.
     *
     * @param self    the member whose data this is
     * @param members the voters
     */
    public record Membership(RaftMember self, List<RaftMember> members) {
        public Membership {
            members = List.copyOf(members);
        }
    }

    /**
     * What a snapshot says besides its index and term; the state itself is the state machine's.
     *
     * @param membersIndex the index of the last membership change it covers, 0 for the first configuration
     * @param members      the voters after that change
     */
    public record SnapshotMembers(long membersIndex, List<RaftMember> members) {
        public SnapshotMembers {
            members = List.copyOf(members);
        }
    }

    /** Encodes the first configuration. */
    public static byte[] encode(Membership membership) {
        return new WireWriter(0).writeMember(membership.self()).writeMembers(membership.members())
                .toBytes();
    }

    /** Decodes the first configuration. */
    public static Membership decodeMembership(byte[] bytes) {
        WireReader reader = new WireReader(bytes);
        Membership membership = new Membership(reader.readMember(), reader.readMembers());
        reader.end();
        return membership;
    }

    /** Encodes a vote; no bytes for none. */
    public static byte[] encodeVote(@Nullable RaftMember votedFor) {
        return votedFor == null ? new byte[0] : new WireWriter(0).writeMember(votedFor).toBytes();
    }

    /** Decodes a vote. */
    public static @Nullable RaftMember decodeVote(byte[] bytes) {
        return bytes.length == 0 ? null : new WireReader(bytes).readMember();
    }

    /** Encodes a snapshot's members. */
    public static byte[] encode(SnapshotMembers snapshot) {
        return new WireWriter(0).writeLong(snapshot.membersIndex()).writeMembers(snapshot.members())
                .toBytes();
    }

    /** Decodes a snapshot's members. */
    public static SnapshotMembers decodeSnapshot(byte[] bytes) {
        WireReader reader = new WireReader(bytes);
        SnapshotMembers snapshot = new SnapshotMembers(reader.readLong(), reader.readMembers());
        reader.end();
        return snapshot;
    }
}

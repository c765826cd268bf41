package io.quorate.kv.raft.hazelcast.wire;

import com.hazelcast.cp.internal.raft.MembershipChangeMode;
import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.command.UpdateRaftGroupMembersCmd;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Encodes what an entry carries: one byte that says its kind, then the rest. Stateless. */
public final class OperationCodec {
    private static final int TERM_START = 0;
    static final int COMMAND = 1;
    private static final int MEMBERS = 2;

    private OperationCodec() {}

    /** The operation's bytes, as the log keeps them. */
    public static byte[] encode(Object operation) {
        if (operation instanceof LogOperation.Command command) {
            byte[] payload = new byte[command.entry().length + 1];
            payload[0] = COMMAND;
            System.arraycopy(command.entry(), 0, payload, 1, command.entry().length);
            return payload;
        }
        WireWriter writer = new WireWriter(encodedLength(operation));
        if (operation instanceof UpdateRaftGroupMembersCmd change) {
            return writer.writeByte(MEMBERS)
                    .writeBoolean(change.getMode() == MembershipChangeMode.ADD)
                    .writeMember((RaftMember) change.getMember())
                    .writeMembers(members(change.getMembers())).toBytes();
        }
        if (operation instanceof LogOperation.TermStart) {
            return writer.writeByte(TERM_START).toBytes();
        }
        throw new IllegalArgumentException("not an operation of this log: " + operation);
    }

    /**
     * The operation in these bytes.
     *
     * @throws UnknownOperationException if its kind is not known
     * @throws WireException             if the bytes are damaged
     */
    public static Object decode(byte[] payload) {
        WireReader reader = new WireReader(payload);
        int kind = reader.readByte();
        return switch (kind) {
            case COMMAND ->
                new LogOperation.Command(Arrays.copyOfRange(payload, 1, payload.length));
            case TERM_START -> new LogOperation.TermStart();
            case MEMBERS -> decodeChange(reader);
            default -> throw new UnknownOperationException(kind);
        };
    }

    private static UpdateRaftGroupMembersCmd decodeChange(WireReader reader) {
        boolean add = reader.readBoolean();
        RaftMember member = reader.readMember();
        Collection<RaftEndpoint> all = new LinkedHashSet<>(reader.readMembers());
        reader.end();
        return new UpdateRaftGroupMembersCmd(all, member,
                add ? MembershipChangeMode.ADD : MembershipChangeMode.REMOVE);
    }

    /** Bytes the operation takes in memory, on the wire and in the log; exact for commands. */
    public static int encodedLength(Object operation) {
        return operation instanceof LogOperation.Command command ? command.entry().length + 1 : 1;
    }

    /** The engine's endpoints as members. */
    public static List<RaftMember> members(Collection<RaftEndpoint> endpoints) {
        return endpoints.stream().map(RaftMember.class::cast).toList();
    }
}

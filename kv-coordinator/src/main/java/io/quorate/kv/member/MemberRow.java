package io.quorate.kv.member;

import io.quorate.kv.Value;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;

/**
 * A member as the cluster has written it down.
 *
 * @param who its name and the id of its data directory
 * @param address host and port of its peer port
 * @param state what happens to it
 */
public record MemberRow(RaftMember who, String address, State state) {
    private static final int VERSION = 1;

    /** What happens to a member; numbers are stored. */
    public enum State {
        MEMBER,
        /** It is being fed and is to be added. */
        JOINING,
        /** It is to be removed. */
        LEAVING
    }

    MemberRow with(State other) {
        return new MemberRow(who, address, other);
    }

    Value encode() {
        return new RowWriter(VERSION).id(who.uuid()).text(who.nodeId()).text(address)
                .octet(state.ordinal()).toValue();
    }

    static MemberRow decode(Value value) {
        RowReader row = new RowReader(value, VERSION);
        RaftMember who = new RaftMember(row.id(), row.text());
        String address = row.text();
        int state = row.octet();
        if (state < 0 || state >= State.values().length) {
            throw new IllegalStateException("a member of state " + state);
        }
        return new MemberRow(who, address, State.values()[state]);
    }
}

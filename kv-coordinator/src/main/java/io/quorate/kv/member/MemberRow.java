package io.quorate.kv.member;

import io.quorate.kv.Value;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.Arrays;

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
        MEMBER(0),
        /** It is being fed and is to be added. */
        JOINING(1),
        /** It is to be removed. */
        LEAVING(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        static State of(int code) {
            return Arrays.stream(values()).filter(state -> state.code == code).findFirst()
                    .orElseThrow(() -> new IllegalStateException("a member of state " + code));
        }
    }

    MemberRow with(State other) {
        return new MemberRow(who, address, other);
    }

    Value encode() {
        return new RowWriter(VERSION).id(who.uuid()).text(who.nodeId()).text(address)
                .octet(state.code).toValue();
    }

    static MemberRow decode(Value value) {
        RowReader row = new RowReader(value, VERSION);
        RaftMember who = new RaftMember(row.id(), row.text());
        return new MemberRow(who, row.text(), State.of(row.octet()));
    }
}

package io.quorate.kv.raft.hazelcast;

/** This member has applied its own removal: the engine answers nobody any more, and its data is of no use. */
final class MemberRemovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemberRemovedException() {
        super("this member was removed from its group", null, false, false);
    }
}

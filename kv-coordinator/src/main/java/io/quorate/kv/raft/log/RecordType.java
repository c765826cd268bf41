package io.quorate.kv.raft.log;

import java.util.Optional;

/** What a record says. The code is on disk: never change one, only add. */
enum RecordType {
    /** Payload: the group's members. */
    MEMBERS(1),
    /** Header: term. Payload: who was voted for. */
    VOTE(2),
    /** A new entry; it replaces whatever stood at its index and above. */
    ENTRY(3),
    /** Header: the first index that is removed. */
    TRUNCATE(4),
    /** Header: the snapshot's index and term. Payload: the snapshot. */
    SNAPSHOT(5),
    /** A group's whole state; payload by {@link StatePayload}. */
    STATE(6),
    /** An entry copied forward from a dying segment; it changes where the entry stands and nothing else. */
    COPY(7),
    /** Says nothing but its durable position. */
    MARK(8),
    /** Header: as index, the sequence of the segment the log now begins with. */
    HEAD(9);

    /** The group of records that belong to the log itself. */
    static final int NO_GROUP = -1;

    private static final RecordType[] BY_CODE = new RecordType[values().length + 1];

    static {
        for (RecordType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    final int code;

    RecordType(int code) {
        this.code = code;
    }

    static Optional<RecordType> of(int code) {
        return code > 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }

    boolean isEntry() {
        return this == ENTRY || this == COPY;
    }
}

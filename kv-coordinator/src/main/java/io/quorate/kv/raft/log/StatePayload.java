package io.quorate.kv.raft.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a {@link RecordType#STATE} record. Each part: length (4, -1 if absent), bytes; in the order members,
 * vote, snapshot. The snapshot's term (8) comes first; its index is the header's index, the group's term the header's.
 */
@SuppressWarnings("ArrayRecordComponent") // lives only between a buffer and the state
record StatePayload(byte @Nullable [] members, byte[] votedFor, @Nullable SnapshotMark snapshot) {

    byte[] encode() {
        byte[] image = snapshot == null ? null : snapshot.snapshot();
        ByteBuffer target = ByteBuffer.allocate(8 + size(members) + size(votedFor) + size(image));
        target.putLong(snapshot == null ? 0 : snapshot.term());
        put(target, members);
        put(target, votedFor);
        put(target, image);
        return target.array();
    }

    /** @throws BufferUnderflowException if the payload is not one */
    static StatePayload decode(ByteBuffer payload, long snapshotIndex) {
        long snapshotTerm = payload.getLong();
        byte[] members = get(payload);
        byte[] votedFor = get(payload);
        byte[] image = get(payload);
        return new StatePayload(members, votedFor == null ? new byte[0] : votedFor,
                image == null ? null : new SnapshotMark(snapshotIndex, snapshotTerm, image));
    }

    private static int size(byte @Nullable [] part) {
        return 4 + (part == null ? 0 : part.length);
    }

    private static void put(ByteBuffer target, byte @Nullable [] part) {
        if (part == null) {
            target.putInt(-1);
        } else {
            target.putInt(part.length).put(part);
        }
    }

    private static byte @Nullable [] get(ByteBuffer source) {
        int length = source.getInt();
        if (length < 0) {
            return null;
        }
        if (length > source.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        source.get(part);
        return part;
    }
}

package io.quorate.kv.raft.hazelcast.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one message; every length is checked against what is left before anything is allocated. */
final class WireReader {
    private final ByteBuffer bytes;

    WireReader(byte[] message) {
        this.bytes = ByteBuffer.wrap(message);
    }

    int readByte() {
        require(Byte.BYTES);
        return bytes.get() & 0xff;
    }

    boolean readBoolean() {
        return readByte() != 0;
    }

    int readInt() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long readLong() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    byte[] readBytes() {
        int length = readInt();
        require(length);
        byte[] copy = new byte[length];
        bytes.get(copy);
        return copy;
    }

    RaftMember readMember() {
        UUID uuid = new UUID(readLong(), readLong());
        int length = readByte();
        require(length);
        byte[] name = new byte[length];
        bytes.get(name);
        if (length == 0) {
            throw new WireException("empty node id");
        }
        return new RaftMember(uuid, new String(name, StandardCharsets.UTF_8));
    }

    @Nullable
    RaftMember readOptionalMember() {
        return readBoolean() ? readMember() : null;
    }

    List<RaftMember> readMembers() {
        int count = readCount(1);
        List<RaftMember> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(readMember());
        }
        return members;
    }

    /** A count of things that take at least this many bytes each. */
    int readCount(int bytesEach) {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > bytes.remaining()) {
            throw new WireException(
                    "count " + count + " with " + bytes.remaining() + " bytes left");
        }
        return count;
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new WireException(bytes.remaining() + " bytes too many");
        }
    }

    private void require(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new WireException("wanted " + count + " bytes, " + bytes.remaining() + " left");
        }
    }
}

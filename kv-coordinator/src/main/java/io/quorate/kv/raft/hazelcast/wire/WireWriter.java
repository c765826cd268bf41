package io.quorate.kv.raft.hazelcast.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes one message into a growing array. */
final class WireWriter {
    private static final int SMALLEST = 64;

    private byte[] bytes;
    private int length;

    WireWriter(int expectedBytes) {
        this.bytes = new byte[Math.max(SMALLEST, expectedBytes)];
    }

    WireWriter writeByte(int value) {
        reserve(Byte.BYTES);
        bytes[length++] = (byte) value;
        return this;
    }

    WireWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    WireWriter writeInt(int value) {
        return writeByte(value >>> 24).writeByte(value >>> 16).writeByte(value >>> 8)
                .writeByte(value);
    }

    WireWriter writeLong(long value) {
        return writeInt((int) (value >>> 32)).writeInt((int) value);
    }

    WireWriter writeBytes(byte[] value) {
        return writeInt(value.length).writeRaw(value);
    }

    WireWriter writeRaw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    WireWriter writeMember(RaftMember member) {
        byte[] name = member.nodeId().getBytes(StandardCharsets.UTF_8);
        writeLong(member.uuid().getMostSignificantBits());
        writeLong(member.uuid().getLeastSignificantBits());
        return writeByte(name.length).writeRaw(name);
    }

    WireWriter writeOptionalMember(@Nullable RaftMember member) {
        writeBoolean(member != null);
        return member == null ? this : writeMember(member);
    }

    WireWriter writeMembers(Collection<RaftMember> members) {
        writeInt(members.size());
        members.forEach(this::writeMember);
        return this;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes,
                    Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
    }
}

package io.quorate.kv.peer.body;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.quorate.kv.blob.BodyPart;
import io.quorate.kv.peer.wire.BodyBegin;
import io.quorate.kv.peer.wire.BodyChunk;
import io.quorate.kv.peer.wire.BodyEnd;
import io.quorate.kv.peer.wire.BodyPush;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Parts of bodies as messages, and back. */
final class Chunks {
    private Chunks() {}

    static BodyChunk chunk(ByteBuffer bytes) {
        return BodyChunk.newBuilder().setCrc32C(checksum(bytes))
                .setBytes(UnsafeByteOperations.unsafeWrap(bytes)).build();
    }

    /** @throws DamagedChunkException if the bytes are not those that were sent */
    static ByteBuffer bytes(BodyChunk chunk) {
        ByteBuffer bytes = chunk.getBytes().asReadOnlyByteBuffer();
        if (checksum(bytes) != chunk.getCrc32C()) {
            throw new DamagedChunkException(bytes.remaining());
        }
        return bytes;
    }

    static BodyPush begin(UUID id) {
        return BodyPush.newBuilder().setBegin(BodyBegin.newBuilder().setId(id(id))).build();
    }

    static BodyPush push(BodyPart part) {
        return switch (part) {
            case BodyPart.Bytes(ByteBuffer bytes) ->
                BodyPush.newBuilder().setChunk(chunk(bytes)).build();
            case BodyPart.End(long length, int crc32c) -> BodyPush.newBuilder()
                    .setEnd(BodyEnd.newBuilder().setLength(length).setCrc32C(crc32c)).build();
        };
    }

    static ByteString id(UUID id) {
        return UnsafeByteOperations.unsafeWrap(
                ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits()).flip());
    }

    /** @throws IllegalArgumentException if it is none */
    static UUID id(ByteString bytes) {
        if (bytes.size() != 16) {
            throw new IllegalArgumentException("an id of " + bytes.size() + " bytes");
        }
        ByteBuffer in = bytes.asReadOnlyByteBuffer();
        return new UUID(in.getLong(), in.getLong());
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc32c = new CRC32C();
        crc32c.update(bytes.duplicate());
        return (int) crc32c.getValue();
    }

    /** Bytes changed on their way. */
    static final class DamagedChunkException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DamagedChunkException(int bytes) {
            super("a chunk of " + bytes + " bytes arrived damaged");
        }
    }
}

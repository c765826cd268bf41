package io.quorate.kv.blob;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;

/** What a body's row says. */
sealed interface BlobRow {
    /** Bytes are arriving; may become live in an entry stamped before the time. */
    record Reserved(long expiresAtMillis) implements BlobRow {}

    /** Something refers to the body. */
    record Live(long length, int crc32c) implements BlobRow {}

    /** The stored form: one byte for format and kind, then big-endian numbers. */
    default Value encode() {
        return switch (this) {
            case Reserved(long expiresAtMillis) ->
                Value.of(ByteBuffer.allocate(9).put((byte) 1).putLong(expiresAtMillis).array());
            case Live(long length, int crc32c) -> Value.of(
                    ByteBuffer.allocate(13).put((byte) 2).putLong(length).putInt(crc32c).array());
        };
    }

    /** Reads the stored form; anything else is a broken invariant. */
    static BlobRow decode(Value value) {
        ByteBuffer bytes = value.asReadOnlyBuffer();
        byte kind = bytes.get();
        if (kind == 1) {
            return new Reserved(bytes.getLong());
        }
        if (kind == 2) {
            return new Live(bytes.getLong(), bytes.getInt());
        }
        throw new IllegalStateException("unknown kind of blob row: " + kind);
    }
}

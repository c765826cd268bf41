package io.quorate.benchmarks.grpc;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys and values by number, made before anything is measured. Immutable. */
public final class Items {
    private final ByteString[] keys;
    private final ByteString[] values;

    public Items(int count, int valueBytes) {
        keys = new ByteString[count];
        values = new ByteString[count];
        for (int item = 0; item < count; item++) {
            keys[item] = ByteString.copyFrom("bench-%08d".formatted(item),
                    StandardCharsets.US_ASCII);
            values[item] = value(item, valueBytes);
        }
    }

    /** How many there are. */
    public int count() {
        return keys.length;
    }

    ByteString key(int item) {
        return keys[item];
    }

    ByteString value(int item) {
        return values[item];
    }

    private static ByteString value(int item, int bytes) {
        ByteBuffer value = ByteBuffer.allocate(bytes);
        while (value.remaining() >= Long.BYTES) {
            value.putLong(item * 0x9E3779B97F4A7C15L + value.position());
        }
        return ByteString.copyFrom(value.array());
    }
}

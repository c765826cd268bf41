package io.quorate.sqs.engine;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Reads what {@link Pack} wrote. Anything else is a broken invariant and throws. */
final class Unpack {
    private final ByteBuffer in;

    Unpack(Value value) {
        this.in = ByteBuffer.wrap(value.shared());
        byte version = in.get();
        if (version != Pack.VERSION) {
            throw new IllegalStateException("a row or call of version " + version);
        }
    }

    boolean flag() {
        return in.get() != 0;
    }

    int octet() {
        return in.get();
    }

    int number() {
        return in.getInt();
    }

    long longNumber() {
        return in.getLong();
    }

    UUID id() {
        return new UUID(in.getLong(), in.getLong());
    }

    byte[] bytes() {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    Optional<String> optionalText() {
        return flag() ? Optional.of(text()) : Optional.empty();
    }
}

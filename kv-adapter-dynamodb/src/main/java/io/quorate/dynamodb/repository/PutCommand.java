package io.quorate.dynamodb.repository;

import io.quorate.kv.Key;
import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the handler of puts is asked, between nodes of one release and the next: version, what to
 * answer, table, schema version, route, key, item.
 *
 * @param returns what to answer of the item that was there
 * @param table the table's number
 * @param schemaVersion the version of the schema the item was checked against
 * @param key the item's row
 * @param item the item in its stored form
 */
record PutCommand(PutReturns returns, long table, long schemaVersion, Key key, Value item) {
    private static final byte VERSION = 1;
    private static final int FIXED_LENGTH = 1 + 1 + 8 + 8 + 2 + 4;

    Value encode() {
        ByteBuffer out = ByteBuffer.allocate(FIXED_LENGTH + key.length() + item.length());
        out.put(VERSION).put(returns.code()).putLong(table).putLong(schemaVersion);
        out.putShort((short) key.route()).putInt(key.length()).put(key.shared());
        out.put(item.shared());
        return Value.of(out.array());
    }

    static PutCommand decode(Value request) {
        ByteBuffer in = ByteBuffer.wrap(request.shared());
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("a put command of version " + version);
        }
        PutReturns returns = PutReturns.ofCode(in.get());
        long table = in.getLong();
        long schemaVersion = in.getLong();
        Key key = readKey(in);
        byte[] item = Arrays.copyOfRange(in.array(), in.position(), in.limit());
        return new PutCommand(returns, table, schemaVersion, key, Value.of(item));
    }

    /** The key alone, for the latch. */
    static Key keyOf(Value request) {
        return readKey(ByteBuffer.wrap(request.shared()).position(1 + 1 + 8 + 8));
    }

    private static Key readKey(ByteBuffer in) {
        int route = in.getShort() & 0xFFFF;
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return Key.of(route, bytes);
    }
}

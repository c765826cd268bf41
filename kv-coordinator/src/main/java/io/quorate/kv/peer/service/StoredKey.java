package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;

/**
 * The tuple (9, space, key) written by hand, in one pass: what {@link
 * io.quorate.kv.keyspace.KeyEncoder} makes of these elements, without its list and copies. Every call
 * makes a key.
 */
final class StoredKey {
    private static final byte ONE_BYTE_NUMBER = 0x15;
    private static final byte TEXT = 0x02;
    private static final byte BYTES = 0x01;
    private static final byte END = 0x00;
    /** Follows a zero byte that does not end an element. */
    private static final byte ESCAPE = (byte) 0xFF;
    private static final int FRAME_BYTES = 6;

    private StoredKey() {}

    /**
     * The stored form.
     *
     * @param space only ASCII characters, none of them zero
     */
    static byte[] encode(String space, ByteString userKey) {
        byte[] stored = new byte[FRAME_BYTES + space.length() + userKey.size() + zeros(userKey)];
        stored[0] = ONE_BYTE_NUMBER;
        stored[1] = (byte) Space.KIND;
        stored[2] = TEXT;
        int position = 3;
        for (int i = 0; i < space.length(); i++) {
            stored[position++] = (byte) space.charAt(i);
        }
        stored[position++] = END;
        stored[position++] = BYTES;
        for (int i = 0; i < userKey.size(); i++) {
            byte next = userKey.byteAt(i);
            stored[position++] = next;
            if (next == END) {
                stored[position++] = ESCAPE;
            }
        }
        stored[position] = END;
        return stored;
    }

    private static int zeros(ByteString bytes) {
        int zeros = 0;
        for (int i = 0; i < bytes.size(); i++) {
            if (bytes.byteAt(i) == END) {
                zeros++;
            }
        }
        return zeros;
    }
}

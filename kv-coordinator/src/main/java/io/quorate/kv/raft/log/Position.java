package io.quorate.kv.raft.log;

/** A place in the log as one comparable number: segment sequence in the high, byte offset in the low half. */
final class Position {

    private Position() {}

    static long of(long sequence, long offset) {
        if (sequence < 0 || sequence > Integer.MAX_VALUE || offset < 0 || offset > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                    "no position: segment " + sequence + " offset " + offset);
        }
        return sequence << 32 | offset;
    }

    static long sequence(long position) {
        return position >>> 32;
    }

    static long offset(long position) {
        return position & 0xFFFF_FFFFL;
    }
}

package io.quorate.kv.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Commands that are numbers and whose result is the number itself; entries are their sequence. */
final class Numbers {
    private Numbers() {}

    /** Stamps count up from 1000. */
    static ProposalFormat<Long> format() {
        AtomicLong stamp = new AtomicLong(1000);
        return new ProposalFormat<>(stamp::getAndAdd, Numbers::entry, Long.class);
    }

    static byte[] command(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long firstStamp(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong();
    }

    static List<Long> commands(byte[] entry) {
        ByteBuffer buffer = ByteBuffer.wrap(entry, Long.BYTES, entry.length - Long.BYTES);
        List<Long> numbers = new ArrayList<>();
        while (buffer.hasRemaining()) {
            numbers.add(buffer.getLong());
        }
        return numbers;
    }

    /** Applies an entry: the results of its commands. */
    static Object apply(long index, byte[] entry) {
        return commands(entry);
    }

    private static byte[] entry(long firstStamp, List<byte[]> commands) {
        ByteBuffer buffer = ByteBuffer.allocate(
                Long.BYTES + commands.stream().mapToInt(command -> command.length).sum());
        buffer.putLong(firstStamp);
        commands.forEach(buffer::put);
        return buffer.array();
    }
}

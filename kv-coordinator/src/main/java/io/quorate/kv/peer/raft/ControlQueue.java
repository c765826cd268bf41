package io.quorate.kv.peer.raft;

import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Small messages, first in first out. The oldest are dropped: later ones say what is so now. */
final class ControlQueue implements SendQueue {
    /** While the peer has accepted the stream. */
    private static final int MESSAGES_MAX = 8_192;
    private static final int BYTES_MAX = 4 << 20;
    /** While it has not: what is said now may be stale by then. */
    private static final int MESSAGES_BEFORE_MAX = 64;

    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private int bytes;

    @Override
    public synchronized int add(Message message, boolean accepted) {
        waiting.add(message);
        bytes += message.payload().length;
        int max = accepted ? MESSAGES_MAX : MESSAGES_BEFORE_MAX;
        int dropped = 0;
        while (waiting.size() > max || bytes > BYTES_MAX) {
            bytes -= waiting.remove().payload().length;
            dropped++;
        }
        return dropped;
    }

    @Override
    public synchronized List<Message> next() {
        List<Message> frame = new ArrayList<>(Math.min(waiting.size(), FRAME_MESSAGES_MAX));
        int size = 0;
        while (!waiting.isEmpty() && frame.size() < FRAME_MESSAGES_MAX && size < FRAME_BYTES) {
            Message message = waiting.remove();
            size += message.payload().length;
            frame.add(message);
        }
        bytes -= size;
        return frame;
    }

    @Override
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public synchronized void clear() {
        waiting.clear();
        bytes = 0;
    }
}

package io.quorate.kv.peer.raft;

import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends with entries: one a group, because the engine has one in flight and sends another only in its place. So an
 * append that waits is never dropped but for the one that replaces it, and the memory is bounded by groups times the
 * largest append. While the peer has not accepted the stream nothing is kept: the groups hear when it has.
 */
final class AppendQueue implements SendQueue {
    private final Map<Integer, Message> waiting = new LinkedHashMap<>();

    @Override
    public synchronized int add(Message message, boolean accepted) {
        if (!accepted) {
            return 1;
        }
        return waiting.put(message.group(), message) == null ? 0 : 1;
    }

    @Override
    public synchronized List<Message> next() {
        List<Message> frame = new ArrayList<>();
        int size = 0;
        Iterator<Message> eldest = waiting.values().iterator();
        while (eldest.hasNext() && frame.size() < FRAME_MESSAGES_MAX && size < FRAME_BYTES) {
            Message message = eldest.next();
            size += message.payload().length;
            frame.add(message);
            eldest.remove();
        }
        return frame;
    }

    @Override
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public synchronized void clear() {
        waiting.clear();
    }
}

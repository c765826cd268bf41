package io.quorate.sqs.window;

import io.quorate.kv.Key;
import io.quorate.kv.Versioned;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.row.QueueRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The windows of the queues that this node leads, made when a queue is used. The one used least is
 * dropped when there are too many, and all that belong to an earlier term when they are asked for.
 * Safe for any thread.
 */
public final class Windows {
    /** Most queues with a window. */
    static final int BOUND = 4_096;

    private final Map<Epoch, Window> windows = bounded();
    private final Map<Key, Defined> definitions = bounded();
    private final Sequence sequence = new Sequence();

    /** The messages that a window is about. */
    private record Epoch(UUID queue, int epoch) {}

    /** A definition that was read before. */
    private record Defined(long version, QueueDefinition queue) {}

    /** The queue's window, made if there is none of this term. */
    public synchronized Window of(QueueDefinition queue, long term, long nowMillis) {
        Epoch epoch = new Epoch(queue.id(), queue.epoch());
        Window present = windows.get(epoch);
        if (present != null && present.term() == term) {
            return present;
        }
        sequence.begin(nowMillis);
        Window made = queue.name().isFifo() ? new FifoWindow(term) : new StandardWindow(term);
        windows.put(epoch, made);
        return made;
    }

    /** The queue that a row defines; the same row is not read twice. */
    public synchronized QueueDefinition definition(Versioned row) {
        Defined known = definitions.get(row.key());
        if (known != null && known.version() == row.version()) {
            return known.queue();
        }
        QueueDefinition queue = QueueRows.definition(row.value());
        definitions.put(row.key(), new Defined(row.version(), queue));
        return queue;
    }

    /** A sequence number greater than all given before. */
    public long nextSequence(long nowMillis) {
        return sequence.next(nowMillis);
    }

    /** How many windows there are. */
    public synchronized int size() {
        return windows.size();
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75F, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > BOUND;
            }
        };
    }
}

package io.quorate.sqs.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.kv.keyspace.RouteHash;
import io.quorate.sqs.model.QueueName;
import java.util.UUID;

/**
 * The layout of queues. {@code queue} stands for the id (two numbers) and the epoch; all but the
 * directory lies on the queue's route, so that what happens to a queue is one group's transaction.
 *
 * <pre>
 * directory   (20, account, name)                    on the default group's route: where to look for queues
 * definition  (21, hash16, account, name)            the queue, and the fence of its messages
 * place       (22, hash16, queue, lane, sequence)    a message's state, see MessageKeys
 * content     (23, hash16, queue, lane, sequence)    what it says
 * timer       (24, hash16, queue, millis, lane, sequence)  a message that becomes visible then
 * counter     (25, hash16, queue, which)             how many messages there are, in flight, delayed
 * duplicate   (26, hash16, queue, scope, id)         what was sent, or received, under an id
 * forgetting  (27, hash16, queue, millis, scope, id) when that is forgotten
 * garbage     (28, hash16, account, name, queue)     an epoch whose messages are to be removed
 * move task   (29, hash16, account, name, started, id)  of a dead-letter queue
 * </pre>
 *
 * Pure functions.
 */
public final class QueueKeyspace {
    private static final int DIRECTORY = 20;
    private static final int DEFINITION = 21;
    private static final int GARBAGE = 28;
    private static final int MOVE_TASK = 29;
    private static final int GROUP_LATCH = 30;
    private static final int DEFAULT_ROUTE = 0;

    private QueueKeyspace() {}

    /** The route of everything a queue holds. */
    public static int route(QueueName queue) {
        return RouteHash.of(queue.account(), queue.name());
    }

    /** The row that says that there may be a queue. */
    public static Key directory(QueueName queue) {
        return KeyEncoder.of(DIRECTORY).add(queue.account()).add(queue.name())
                .onRoute(DEFAULT_ROUTE).toKey();
    }

    /** The names in the directory that begin with a prefix. */
    public static KeyRange directory(String account, String prefix) {
        return KeyEncoder.of(DIRECTORY).add(account).onRoute(DEFAULT_ROUTE)
                .belowTextsStartingWith(prefix);
    }

    /** The whole directory. */
    public static KeyRange directory() {
        return KeyEncoder.of(DIRECTORY).onRoute(DEFAULT_ROUTE).below();
    }

    /** The queue that a row of the directory names. */
    public static QueueName queueOf(Key directory) {
        KeyReader elements = KeyReader.of(directory);
        return new QueueName(elements.text(1), elements.text(2));
    }

    /** The row that defines the queue. */
    public static Key definition(QueueName queue) {
        return named(DEFINITION, queue).toKey();
    }

    /** An epoch of the queue to be removed. */
    public static Key garbage(MessageKeys epoch, QueueName queue) {
        return epoch.append(named(GARBAGE, queue)).toKey();
    }

    /** All epochs of the queue that are to be removed. */
    public static KeyRange garbage(QueueName queue) {
        return named(GARBAGE, queue).below();
    }

    /** The messages that a garbage row is about. */
    public static MessageKeys garbageOf(QueueName queue, Key garbage) {
        KeyReader elements = KeyReader.of(garbage);
        return new MessageKeys(route(queue),
                new UUID(elements.number(4), elements.number(5)),
                (int) elements.number(6));
    }

    /** What sends to one message group wait for each other by; there is no such row. */
    public static Key groupLatch(QueueName queue, String group) {
        return named(GROUP_LATCH, queue).add(group).toKey();
    }

    /** A move task of a dead-letter queue. */
    public static Key moveTask(QueueName queue, long startedMillis, String id) {
        return named(MOVE_TASK, queue).add(startedMillis).add(id).toKey();
    }

    /** All move tasks of a dead-letter queue, oldest first. */
    public static KeyRange moveTasks(QueueName queue) {
        return named(MOVE_TASK, queue).below();
    }

    private static KeyEncoder named(int kind, QueueName queue) {
        return KeyEncoder.of(kind).route(route(queue)).add(queue.account()).add(queue.name());
    }
}

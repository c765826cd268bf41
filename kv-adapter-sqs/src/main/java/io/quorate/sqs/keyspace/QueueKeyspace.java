package io.quorate.sqs.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.kv.keyspace.RouteHash;
import io.quorate.sqs.model.QueueName;
import java.util.UUID;

/**
 * The layout of queues and messages.
 *
 * <pre>
 * definition  (20, account, name)                          on the default group's route
 * fence       (21, hash16, account, name)                  on the queue's route: a copy of the definition
 * place       (22, hash16, queue id, visible at, message)  on the queue's route
 * content     (23, hash16, queue id, message)              on the queue's route
 * </pre>
 *
 * <p>A message's place orders the queue by the time from which it may be received; receiving moves
 * it. Its content is written once. Pure functions.
 */
public final class QueueKeyspace {
    private static final int DEFINITION = 20;
    private static final int FENCE = 21;
    private static final int PLACE = 22;
    private static final int CONTENT = 23;
    private static final int DEFAULT_ROUTE = 0;
    private static final int VISIBLE_AT = 4;

    private QueueKeyspace() {}

    /** The route of everything a queue holds. */
    public static int route(QueueName queue) {
        return RouteHash.of(queue.account(), queue.name());
    }

    /** The row that defines the queue. */
    public static Key definition(QueueName queue) {
        return KeyEncoder.of(DEFINITION).add(queue.account()).add(queue.name())
                .onRoute(DEFAULT_ROUTE).toKey();
    }

    /** The copy of the definition beside the queue's messages. */
    public static Key fence(QueueName queue) {
        return KeyEncoder.of(FENCE).route(route(queue)).add(queue.account()).add(queue.name())
                .toKey();
    }

    /** Where a message stands in its queue. */
    public static Key place(int route, UUID queue, long visibleAtMillis, UUID message) {
        return add(add(KeyEncoder.of(PLACE).route(route), queue).add(visibleAtMillis), message)
                .toKey();
    }

    /** The places of messages visible at some time before the given one. */
    public static KeyRange placesBefore(int route, UUID queue, long visibleAtMillis) {
        return new KeyRange(placesFrom(route, queue, 0), placesFrom(route, queue, visibleAtMillis));
    }

    /** The places of messages that become visible at the given time or later. */
    public static KeyRange placesSince(int route, UUID queue, long visibleAtMillis) {
        return new KeyRange(placesFrom(route, queue, visibleAtMillis),
                placesFrom(route, queue, Long.MAX_VALUE));
    }

    /** What a message says. */
    public static Key content(int route, UUID queue, UUID message) {
        return add(add(KeyEncoder.of(CONTENT).route(route), queue), message).toKey();
    }

    /** When the message at a place becomes visible. */
    public static long visibleAtMillis(Key place) {
        return KeyReader.of(place).number(VISIBLE_AT);
    }

    /** Which message stands at a place. */
    public static UUID message(Key place) {
        KeyReader elements = KeyReader.of(place);
        return new UUID(elements.number(VISIBLE_AT + 1), elements.number(VISIBLE_AT + 2));
    }

    private static Key placesFrom(int route, UUID queue, long visibleAtMillis) {
        return add(KeyEncoder.of(PLACE).route(route), queue).add(visibleAtMillis).toKey();
    }

    private static KeyEncoder add(KeyEncoder key, UUID id) {
        return key.add(id.getMostSignificantBits()).add(id.getLeastSignificantBits());
    }
}

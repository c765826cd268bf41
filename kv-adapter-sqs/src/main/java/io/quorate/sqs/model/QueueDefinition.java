package io.quorate.sqs.model;

import java.util.Map;
import java.util.UUID;

/**
 * A queue as its owner made it.
 *
 * @param id unique for ever: a queue that is created again has another, and none of the old messages
 * @param epoch how often it was purged: messages of an earlier epoch are gone
 * @param name its name
 * @param settings what its owner chose
 * @param tags its tags
 * @param times when it was created, changed and purged
 */
public record QueueDefinition(UUID id, int epoch, QueueName name, QueueSettings settings,
        Map<String, String> tags, Times times) {
    /**
     * When what happened, in milliseconds since the epoch; 0 for never.
     *
     * @param created created
     * @param modified created or changed last
     * @param purged purged last
     */
    public record Times(long created, long modified, long purged) {}

    public QueueDefinition {
        tags = Map.copyOf(tags);
    }

    /** The queue with other settings. */
    public QueueDefinition with(QueueSettings other, long nowMillis) {
        return new QueueDefinition(id, epoch, name, other, tags,
                new Times(times.created, nowMillis, times.purged));
    }

    /** The queue with other tags. */
    public QueueDefinition tagged(Map<String, String> others) {
        return new QueueDefinition(id, epoch, name, settings, others, times);
    }

    /** The queue without its messages. */
    public QueueDefinition emptied(long nowMillis) {
        return new QueueDefinition(id, epoch + 1, name, settings, tags,
                new Times(times.created, times.modified, nowMillis));
    }
}

package io.quorate.sqs.model;

import java.util.Map;
import java.util.UUID;

/**
 * A queue as it was created.
 *
 * @param id unique for ever: a queue that is created again has another, and none of the old messages
 * @param name its name
 * @param settings what its owner chose
 * @param tags its tags
 * @param createdMillis when, in group time
 */
public record QueueDefinition(UUID id, QueueName name, QueueSettings settings,
        Map<String, String> tags, long createdMillis) {
    public QueueDefinition {
        tags = Map.copyOf(tags);
    }
}

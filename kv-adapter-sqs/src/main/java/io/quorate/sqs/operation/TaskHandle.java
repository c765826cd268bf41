package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Names a move task, as clients hold it.
 *
 * @param queue the dead-letter queue
 * @param startedMillis when it was started
 * @param id its id
 */
public record TaskHandle(QueueName queue, long startedMillis, String id) {
    private static final String VERSION = "1";

    /** The opaque text. */
    public String encode() {
        String text = String.join(":", VERSION, queue.account(), queue.name(),
                Long.toString(startedMillis), id);
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads an opaque text; empty if this server never made it. */
    public static Optional<TaskHandle> decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text),
                    StandardCharsets.UTF_8).split(":", -1);
            return parts.length == 5 && parts[0].equals(VERSION)
                    && QueueName.isValid(parts[2])
                            ? Optional.of(new TaskHandle(new QueueName(parts[1], parts[2]),
                                    Long.parseLong(parts[3]), parts[4]))
                            : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}

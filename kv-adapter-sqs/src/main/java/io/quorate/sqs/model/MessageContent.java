package io.quorate.sqs.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a sender gave: never changed once stored.
 *
 * @param id the message's id
 * @param body the text
 * @param attributes user attributes, at most {@value #MAX_ATTRIBUTES}
 * @param origin what else is known of it
 */
public record MessageContent(UUID id, String body, List<MessageAttribute> attributes,
        Origin origin) {
    /** Most user attributes of a message. */
    public static final int MAX_ATTRIBUTES = 10;

    /**
     * What is known of a message besides what it says.
     *
     * @param senderId who sent it
     * @param traceHeader the AWSTraceHeader system attribute; does not count towards the size
     * @param groupId the MessageGroupId
     * @param deduplicationId the MessageDeduplicationId, given or made from the body
     * @param deadLetterSourceArn the queue it came from, if it is a dead letter
     */
    public record Origin(String senderId, Optional<String> traceHeader, Optional<String> groupId,
            Optional<String> deduplicationId, Optional<String> deadLetterSourceArn) {
        /** The same as a dead letter of a queue, or no longer as one. */
        public Origin deadLetterOf(Optional<String> arn) {
            return new Origin(senderId, traceHeader, groupId, deduplicationId, arn);
        }

        /** The same with a deduplication id. */
        public Origin deduplicatedBy(String id) {
            return new Origin(senderId, traceHeader, groupId, Optional.of(id),
                    deadLetterSourceArn);
        }
    }

    public MessageContent {
        attributes = List.copyOf(attributes);
    }

    /** The same of another origin. */
    public MessageContent with(Origin other) {
        return new MessageContent(id, body, attributes, other);
    }

    /** The size that MaximumMessageSize bounds: body and user attributes. */
    public int sizeBytes() {
        return body.getBytes(StandardCharsets.UTF_8).length
                + attributes.stream().mapToInt(MessageAttribute::sizeBytes).sum();
    }

    /** The lane it stands in. */
    public String lane() {
        return origin.groupId().orElse("");
    }
}

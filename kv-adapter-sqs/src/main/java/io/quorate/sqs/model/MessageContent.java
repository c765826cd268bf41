package io.quorate.sqs.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a sender gave: never changed once stored.
 *
 * @param body the text
 * @param attributes user attributes, at most {@value #MAX_ATTRIBUTES}
 * @param traceHeader the AWSTraceHeader system attribute; does not count towards the size
 * @param groupId the MessageGroupId
 * @param senderId who sent it
 */
public record MessageContent(String body, List<MessageAttribute> attributes,
        Optional<String> traceHeader, Optional<String> groupId, String senderId) {
    /** Most user attributes of a message. */
    public static final int MAX_ATTRIBUTES = 10;

    public MessageContent {
        attributes = List.copyOf(attributes);
    }

    /** The size that MaximumMessageSize bounds: body and user attributes. */
    public int sizeBytes() {
        return body.getBytes(StandardCharsets.UTF_8).length
                + attributes.stream().mapToInt(MessageAttribute::sizeBytes).sum();
    }
}

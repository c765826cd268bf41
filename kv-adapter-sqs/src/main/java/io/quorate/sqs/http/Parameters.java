package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one request by their names in the API reference, as either protocol brought
 * them: numbers still as text, absent ones empty. A parameter that no built action has is refused
 * when the request is read.
 *
 * @param texts those with one value
 * @param queueAttributes {@code Attributes} of a queue
 * @param tags {@code tags}
 * @param messageAttributes {@code MessageAttributes}
 * @param systemAttributes {@code MessageSystemAttributes}
 * @param systemAttributeNames {@code AttributeNames} and {@code MessageSystemAttributeNames}
 * @param messageAttributeNames {@code MessageAttributeNames}
 */
record Parameters(Map<String, String> texts, Map<String, String> queueAttributes,
        Map<String, String> tags, List<MessageAttribute> messageAttributes,
        List<MessageAttribute> systemAttributes, List<String> systemAttributeNames,
        List<String> messageAttributeNames) {
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> SqsException.missing(name));
    }
}

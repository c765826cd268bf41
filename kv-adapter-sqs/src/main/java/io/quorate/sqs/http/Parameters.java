package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one request, or of one entry of a batch, by their names in the API reference, as
 * either protocol brought them: numbers still as text, absent ones empty. A parameter that no action
 * has is refused when the request is read.
 *
 * @param texts those with one value
 * @param lists those with several: {@code AttributeNames} and the like
 * @param maps {@code Attributes} and {@code Tags}
 * @param message the attributes of a message
 * @param entries of a batch; empty if there is no such parameter
 */
record Parameters(Map<String, String> texts, Map<String, List<String>> lists,
        Map<String, Map<String, String>> maps, MessageParameters message,
        Optional<List<Parameters>> entries) {
    /**
     * The attributes of a message.
     *
     * @param user {@code MessageAttributes}
     * @param system {@code MessageSystemAttributes}
     */
    record MessageParameters(List<MessageAttribute> user, List<MessageAttribute> system) {}

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> SqsException.missing(name));
    }

    List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    Map<String, String> map(String name) {
        return maps.getOrDefault(name, Map.of());
    }

    /** A number in a range. */
    Optional<Integer> number(String name, int min, int max) {
        return text(name).map(value -> integer(value)
                .filter(number -> min <= number && number <= max)
                .orElseThrow(() -> SqsException.invalidValue(value, name,
                        "Must be between " + min + " and " + max + ", if provided.")));
    }

    private static Optional<Integer> integer(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Refuses a parameter that no action has. */
    static SqsException unknown(String name) {
        return new SqsException(SqsError.UNSUPPORTED_OPERATION, "The parameter "
                + (name.length() <= 64 ? name : name.substring(0, 64) + "...")
                + " is not supported by this server.");
    }
}

package io.quorate.sqs.model;

import java.util.Map;
import java.util.Optional;

/**
 * What the owner of a queue chose. Immutable.
 *
 * @param chosen the attributes chosen, as given; an empty value is none
 * @param redrive what RedrivePolicy says
 * @param allow what RedriveAllowPolicy says
 */
public record QueueSettings(Map<QueueAttribute, String> chosen, Optional<RedrivePolicy> redrive,
        RedriveAllow allow) {
    /** Nothing chosen. */
    public static final QueueSettings DEFAULT = new QueueSettings(Map.of(), Optional.empty(),
            RedriveAllow.EVERYBODY);
    private static final long MILLIS = 1_000;

    public QueueSettings {
        chosen = Map.copyOf(chosen);
    }

    /** An attribute's value; empty for none. */
    public String text(QueueAttribute attribute) {
        return chosen.getOrDefault(attribute, attribute.defaultValue());
    }

    /** The value of an attribute that is a number. */
    public int number(QueueAttribute attribute) {
        return Integer.parseInt(text(attribute));
    }

    /** The value of an attribute that is true or false. */
    public boolean flag(QueueAttribute attribute) {
        return Boolean.parseBoolean(text(attribute));
    }

    /** How long a message is kept. */
    public long retentionMillis() {
        return number(QueueAttribute.MESSAGE_RETENTION_PERIOD) * MILLIS;
    }

    /** Whether deduplication ids are compared within a message group only. */
    public boolean deduplicatesByGroup() {
        return text(QueueAttribute.DEDUPLICATION_SCOPE).equals("messageGroup");
    }
}

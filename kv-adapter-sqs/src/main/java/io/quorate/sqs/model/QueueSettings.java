package io.quorate.sqs.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * The values of all of a queue's numeric attributes. Immutable.
 *
 * @param values one for each attribute
 */
public record QueueSettings(Map<QueueAttribute, Integer> values) {
    public QueueSettings {
        var all = new EnumMap<QueueAttribute, Integer>(QueueAttribute.class);
        for (QueueAttribute attribute : QueueAttribute.values()) {
            all.put(attribute, values.getOrDefault(attribute, attribute.defaultValue()));
        }
        values = Map.copyOf(all);
    }

    /** One attribute's value. */
    public int get(QueueAttribute attribute) {
        Integer value = values.get(attribute);
        return value == null ? attribute.defaultValue() : value;
    }
}

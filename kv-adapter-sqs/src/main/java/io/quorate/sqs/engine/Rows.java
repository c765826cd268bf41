package io.quorate.sqs.engine;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stored forms of queues and messages. Pure functions. */
final class Rows {
    /** The version of every stored form and call of this room. */
    static final int VERSION = 1;

    private Rows() {}

    /**
     * What the place of a message says.
     *
     * @param sentMillis when it was sent
     * @param expiresMillis when its retention ends
     * @param receiveCount how often it was received
     * @param firstReceivedMillis when first; 0 if never
     */
    record Place(long sentMillis, long expiresMillis, int receiveCount, long firstReceivedMillis) {
        Value encode() {
            return new RowWriter(Rows.VERSION).number(sentMillis).number(expiresMillis)
                    .number(receiveCount)
                    .number(firstReceivedMillis).toValue();
        }

        static Place decode(Value row) {
            RowReader in = new RowReader(row, Rows.VERSION);
            return new Place(in.longNumber(), in.longNumber(), in.number(), in.longNumber());
        }

        /** The place after one more receive. */
        Place received(long nowMillis) {
            return new Place(sentMillis, expiresMillis, receiveCount + 1,
                    receiveCount == 0 ? nowMillis : firstReceivedMillis);
        }
    }

    static Value encode(QueueDefinition queue) {
        RowWriter out = new RowWriter(Rows.VERSION).id(queue.id()).text(queue.name().account())
                .text(queue.name().name()).number(queue.createdMillis());
        settings(out, queue.settings().values());
        return tags(out, queue.tags()).toValue();
    }

    static QueueDefinition definition(Value row) {
        RowReader in = new RowReader(row, Rows.VERSION);
        UUID id = in.id();
        QueueName name = new QueueName(in.text(), in.text());
        long created = in.longNumber();
        QueueSettings settings = new QueueSettings(settings(in));
        return new QueueDefinition(id, name, settings, tags(in), created);
    }

    /** Attributes by name, so that a new one does not shift the others. */
    static RowWriter settings(RowWriter out, Map<QueueAttribute, Integer> settings) {
        out.number(settings.size());
        settings.forEach((attribute, value) -> out.text(attribute.wireName()).number(value));
        return out;
    }

    static Map<QueueAttribute, Integer> settings(RowReader in) {
        var settings = new EnumMap<QueueAttribute, Integer>(QueueAttribute.class);
        for (int left = in.number(); left > 0; left--) {
            QueueAttribute attribute = QueueAttribute.of(in.text()).orElseThrow();
            settings.put(attribute, in.number());
        }
        return settings;
    }

    static RowWriter tags(RowWriter out, Map<String, String> tags) {
        out.number(tags.size());
        tags.forEach((key, value) -> out.text(key).text(value));
        return out;
    }

    static Map<String, String> tags(RowReader in) {
        Map<String, String> tags = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            tags.put(in.text(), in.text());
        }
        return tags;
    }

    static RowWriter content(RowWriter out, MessageContent content) {
        out.text(content.body()).text(content.traceHeader()).text(content.groupId())
                .text(content.senderId()).number(content.attributes().size());
        for (MessageAttribute attribute : content.attributes()) {
            out.text(attribute.name()).text(attribute.dataType()).flag(attribute.binary())
                    .bytes(attribute.value());
        }
        return out;
    }

    static MessageContent content(RowReader in) {
        String body = in.text();
        Optional<String> trace = in.optionalText();
        Optional<String> group = in.optionalText();
        String sender = in.text();
        List<MessageAttribute> attributes = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            attributes.add(new MessageAttribute(in.text(), in.text(), in.flag(), in.bytes()));
        }
        return new MessageContent(body, attributes, trace, group, sender);
    }
}

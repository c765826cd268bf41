package io.quorate.sqs.row;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.model.RedriveAllow;
import io.quorate.sqs.model.RedrivePolicy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The stored form of queues. Pure functions. */
public final class QueueRows {
    /** The version of every stored form and call of this adapter. */
    public static final int VERSION = 2;

    private QueueRows() {}

    /** The row that defines a queue. */
    public static Value encode(QueueDefinition queue) {
        RowWriter out = new RowWriter(VERSION).id(queue.id()).number(queue.epoch());
        name(out, queue.name());
        settings(out, queue.settings());
        texts(out, queue.tags());
        QueueDefinition.Times times = queue.times();
        return out.number(times.created()).number(times.modified()).number(times.purged())
                .toValue();
    }

    /** The queue that a row defines. */
    public static QueueDefinition definition(Value row) {
        RowReader in = new RowReader(row, VERSION);
        return new QueueDefinition(in.id(), in.number(), name(in), settings(in), texts(in),
                new QueueDefinition.Times(in.longNumber(), in.longNumber(), in.longNumber()));
    }

    /** The id of a queue that a row defines, without reading the rest. */
    public static UUID idOf(Value row) {
        return new RowReader(row, VERSION).id();
    }

    /** Writes a queue's name. */
    public static RowWriter name(RowWriter out, QueueName queue) {
        return out.text(queue.account()).text(queue.name());
    }

    /** Reads a queue's name. */
    public static QueueName name(RowReader in) {
        return new QueueName(in.text(), in.text());
    }

    /** Attributes by name, so that a new one does not shift the others. */
    private static void settings(RowWriter out, QueueSettings settings) {
        out.number(settings.chosen().size());
        settings.chosen().forEach((attribute, value) -> out.text(attribute.wireName()).text(value));
        out.flag(settings.redrive().isPresent());
        settings.redrive().ifPresent(redrive -> name(out, redrive.target())
                .text(redrive.targetArn()).number(redrive.maxReceiveCount()));
        out.text(settings.allow().mode().name()).number(settings.allow().sources().size());
        settings.allow().sources().forEach(out::text);
    }

    private static QueueSettings settings(RowReader in) {
        Map<QueueAttribute, String> chosen = new EnumMap<>(QueueAttribute.class);
        for (int left = in.number(); left > 0; left--) {
            chosen.put(QueueAttribute.of(in.text()).orElseThrow(), in.text());
        }
        Optional<RedrivePolicy> redrive = in.flag()
                ? Optional.of(new RedrivePolicy(name(in), in.text(), in.number()))
                : Optional.empty();
        RedriveAllow.Mode mode = RedriveAllow.Mode.valueOf(in.text());
        Set<String> sources = new HashSet<>();
        for (int left = in.number(); left > 0; left--) {
            sources.add(in.text());
        }
        return new QueueSettings(chosen, redrive, new RedriveAllow(mode, sources));
    }

    private static void texts(RowWriter out, Map<String, String> texts) {
        out.number(texts.size());
        texts.forEach((key, value) -> out.text(key).text(value));
    }

    private static Map<String, String> texts(RowReader in) {
        Map<String, String> texts = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            texts.put(in.text(), in.text());
        }
        return texts;
    }
}

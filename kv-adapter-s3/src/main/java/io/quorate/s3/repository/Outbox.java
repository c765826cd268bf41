package io.quorate.s3.repository;

import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.OutboxKeyspace;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.Notifications;
import io.quorate.s3.setting.SettingKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what queues are to hear in the transaction that makes it happen: they hear of all that was
 * committed, and of nothing else. Pure functions.
 */
final class Outbox {
    private Outbox() {}

    /** What is written so that queues hear of it. */
    static List<Mutation> tell(LeaderView view, Bucket bucket, String event,
            BucketEvent.Subject subject) {
        Optional<Element> configuration = view
                .get(SettingKeyspace.setting(bucket.name(), SettingKind.NOTIFICATION.id()))
                .flatMap(row -> SettingRows.decode(bucket, row.value()));
        if (configuration.isEmpty()) {
            return List.of();
        }
        return rows(Notifications.targets(configuration.get(), event, subject.key()), bucket,
                event, Optional.of(subject), view.nowMillis());
    }

    /** What each queue of a new configuration hears. */
    static List<Mutation> test(LeaderView view, Bucket bucket, Element configuration) {
        List<Mutation> rows = rows(Notifications.all(configuration), bucket, BucketEvent.TEST,
                Optional.empty(), view.nowMillis());
        if (!rows.isEmpty()) {
            rows.add(new Mutation.Put(OutboxKeyspace.sender(bucket.name()), Value.empty()));
        }
        return rows;
    }

    private static List<Mutation> rows(List<Notifications.Target> targets, Bucket bucket,
            String event, Optional<BucketEvent.Subject> subject, long millis) {
        List<Mutation> rows = new ArrayList<>();
        for (Notifications.Target target : targets) {
            UUID id = id(bucket, event, subject, millis, target);
            BucketEvent told = new BucketEvent(id, event,
                    new BucketEvent.Origin(bucket.name(), bucket.account(), bucket.region()),
                    subject, millis, target.id(), target.queueArn());
            rows.add(new Mutation.Put(OutboxKeyspace.event(bucket.name(), millis, id),
                    encode(told)));
        }
        return rows;
    }

    /** A handler may run twice and must decide the same. */
    private static UUID id(Bucket bucket, String event, Optional<BucketEvent.Subject> subject,
            long millis, Notifications.Target target) {
        String text = String.join("\n", bucket.id().toString(), event, Long.toString(millis),
                subject.map(one -> one.sequence() + "\n" + one.key()).orElse(""), target.id(),
                target.queueArn());
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value encode(BucketEvent event) {
        RowWriter out = new RowWriter(Rows.VERSION).id(event.id()).text(event.name())
                .text(event.origin().bucket()).text(event.origin().account())
                .text(event.origin().region()).number(event.millis())
                .text(event.configuration()).text(event.queueArn())
                .flag(event.subject().isPresent());
        event.subject().ifPresent(subject -> {
            out.text(subject.key()).flag(subject.length().isPresent());
            subject.length().ifPresent(out::number);
            out.text(subject.etag()).text(subject.versionId()).number(subject.sequence());
        });
        return out.toValue();
    }

    static BucketEvent decode(Value row) {
        RowReader in = new RowReader(row, Rows.VERSION);
        UUID id = in.id();
        String name = in.text();
        var origin = new BucketEvent.Origin(in.text(), in.text(), in.text());
        long millis = in.longNumber();
        String configuration = in.text();
        String queue = in.text();
        Optional<BucketEvent.Subject> subject = in.flag()
                ? Optional.of(new BucketEvent.Subject(in.text(),
                        in.flag() ? Optional.of(in.longNumber()) : Optional.empty(),
                        in.optionalText(), in.optionalText(), in.longNumber()))
                : Optional.empty();
        return new BucketEvent(id, name, origin, subject, millis, configuration, queue);
    }
}

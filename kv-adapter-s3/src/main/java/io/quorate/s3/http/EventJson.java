package io.quorate.s3.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.s3.model.BucketEvent;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes what queues are told. Source: S3 user guide, "Event message structure". Pure functions. */
public final class EventJson {
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private EventJson() {}

    /** The message's body. */
    public static String render(BucketEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = AwsJson.generator(out)) {
            event.subject().ifPresentOrElse(subject -> write(json, event, subject),
                    () -> writeTest(json, event));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void writeTest(JsonGenerator json, BucketEvent event) {
        json.writeStartObject();
        json.writeStringProperty("Service", "Amazon S3");
        json.writeStringProperty("Event", "s3:" + event.name());
        json.writeStringProperty("Time", time(event));
        json.writeStringProperty("Bucket", event.origin().bucket());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, BucketEvent event,
            BucketEvent.Subject subject) {
        json.writeStartObject();
        json.writeName("Records");
        json.writeStartArray();
        json.writeStartObject();
        json.writeStringProperty("eventVersion", "2.1");
        json.writeStringProperty("eventSource", "aws:s3");
        json.writeStringProperty("awsRegion", event.origin().region());
        json.writeStringProperty("eventTime", time(event));
        json.writeStringProperty("eventName", event.name());
        json.writeName("s3");
        json.writeStartObject();
        json.writeStringProperty("s3SchemaVersion", "1.0");
        json.writeStringProperty("configurationId", event.configuration());
        writeBucket(json, event.origin());
        writeObject(json, subject);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeBucket(JsonGenerator json, BucketEvent.Origin origin) {
        json.writeName("bucket");
        json.writeStartObject();
        json.writeStringProperty("name", origin.bucket());
        json.writeName("ownerIdentity");
        json.writeStartObject();
        json.writeStringProperty("principalId", origin.account());
        json.writeEndObject();
        json.writeStringProperty("arn", "arn:aws:s3:::" + origin.bucket());
        json.writeEndObject();
    }

    private static void writeObject(JsonGenerator json, BucketEvent.Subject subject) {
        json.writeName("object");
        json.writeStartObject();
        json.writeStringProperty("key",
                URLEncoder.encode(subject.key(), StandardCharsets.UTF_8).replace("%2F", "/"));
        subject.length().ifPresent(length -> json.writeNumberProperty("size", length));
        subject.etag().ifPresent(etag -> json.writeStringProperty("eTag", etag));
        subject.versionId().ifPresent(id -> json.writeStringProperty("versionId", id));
        json.writeStringProperty("sequencer",
                String.format(Locale.ROOT, "%016X", subject.sequence()));
        json.writeEndObject();
    }

    private static String time(BucketEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.millis()).atOffset(ZoneOffset.UTC));
    }
}

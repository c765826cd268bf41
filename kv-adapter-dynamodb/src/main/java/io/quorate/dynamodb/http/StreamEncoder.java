package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.model.StreamRecord;
import io.quorate.dynamodb.operation.StreamNames;
import io.quorate.dynamodb.operation.StreamResult;
import io.quorate.dynamodb.repository.StreamRepository;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** Writes what actions on streams answer. Pure functions. */
final class StreamEncoder {
    private StreamEncoder() {}

    static void write(JsonGenerator json, StreamResult result) {
        switch (result) {
            case StreamResult.Streams streams -> list(json, streams);
            case StreamResult.Description description -> describe(json, description);
            case StreamResult.Iterator iterator ->
                json.writeStringProperty("ShardIterator", iterator.iterator());
            case StreamResult.Records records -> records(json, records);
        }
    }

    private static void list(JsonGenerator json, StreamResult.Streams result) {
        json.writeArrayPropertyStart("Streams");
        for (StreamDefinition stream : result.streams()) {
            json.writeStartObject();
            name(json, stream, result.region());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (result.more()) {
            json.writeStringProperty("LastEvaluatedStreamArn",
                    result.streams().getLast().arn(result.region()));
        }
    }

    private static void name(JsonGenerator json, StreamDefinition stream, String region) {
        json.writeStringProperty("StreamArn", stream.arn(region));
        json.writeStringProperty("StreamLabel", stream.stream().label());
        json.writeStringProperty("TableName", stream.table().name());
    }

    private static void describe(JsonGenerator json, StreamResult.Description result) {
        StreamDefinition stream = result.stream();
        json.writeObjectPropertyStart("StreamDescription");
        name(json, stream, result.region());
        json.writeStringProperty("StreamStatus",
                stream.stream().isEnabled() ? "ENABLED" : "DISABLED");
        json.writeStringProperty("StreamViewType", stream.stream().view().name());
        json.writeName("CreationRequestDateTime");
        json.writeNumber(TableEncoder.seconds(stream.stream().createdAtMillis()));
        TableEncoder.keySchema(json, stream.keys());
        json.writeArrayPropertyStart("Shards");
        for (StreamResult.Shard shard : result.shards()) {
            json.writeStartObject();
            json.writeStringProperty("ShardId", shard.id());
            json.writeObjectPropertyStart("SequenceNumberRange");
            json.writeStringProperty("StartingSequenceNumber", shard.first());
            shard.last().ifPresent(
                    last -> json.writeStringProperty("EndingSequenceNumber", last));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        if (result.more()) {
            json.writeStringProperty("LastEvaluatedShardId", result.shards().getLast().id());
        }
        json.writeEndObject();
    }

    private static void records(JsonGenerator json, StreamResult.Records result) {
        json.writeArrayPropertyStart("Records");
        for (StreamRepository.Numbered numbered : result.records()) {
            record(json, result, numbered);
        }
        json.writeEndArray();
        result.next().ifPresent(next -> json.writeStringProperty("NextShardIterator", next));
    }

    private static void record(JsonGenerator json, StreamResult.Records result,
            StreamRepository.Numbered numbered) {
        StreamRecord record = numbered.record();
        String sequence = StreamNames.sequence(numbered.sequence());
        json.writeStartObject();
        json.writeStringProperty("eventID", id(result, sequence));
        json.writeStringProperty("eventName", record.change().name());
        json.writeStringProperty("eventVersion", "1.1");
        json.writeStringProperty("eventSource", "aws:dynamodb");
        json.writeStringProperty("awsRegion", result.region());
        json.writeObjectPropertyStart("dynamodb");
        json.writeName("ApproximateCreationDateTime");
        json.writeNumber(record.atMillis() / 1000);
        ItemEncoder.item(json, "Keys", Optional.of(record.images().keys()));
        image(json, "NewImage", Optional.ofNullable(record.images().after()));
        image(json, "OldImage", Optional.ofNullable(record.images().before()));
        json.writeStringProperty("SequenceNumber", sequence);
        json.writeNumberProperty("SizeBytes", (long) record.images().sizeBytes());
        json.writeStringProperty("StreamViewType", result.stream().stream().view().name());
        json.writeEndObject();
        if (record.expired()) {
            json.writeObjectPropertyStart("userIdentity");
            json.writeStringProperty("PrincipalId", "dynamodb.amazonaws.com");
            json.writeStringProperty("Type", "Service");
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void image(JsonGenerator json, String name, Optional<Item> image) {
        ItemEncoder.item(json, name, image);
    }

    /** Names a record for ever, whoever reads it and however often. */
    private static String id(StreamResult.Records result, String sequence) {
        String text = result.stream().tableNumber() + "/" + result.shard() + "/" + sequence;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString()
                .replace("-", "");
    }
}

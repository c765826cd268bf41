package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.json.AwsJson;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** The AWS JSON 1.0 protocol of SQS. One for one request. */
final class JsonCodec implements Codec {
    private static final String TARGET = "AmazonSQS.";

    private final AwsExchange exchange;
    private final QueueUrls urls;
    private final byte[] body;

    JsonCodec(AwsExchange exchange, QueueUrls urls, byte[] body) {
        this.exchange = exchange;
        this.urls = urls;
        this.body = body;
    }

    /** The action that the head names; empty if this is not a request in JSON. */
    static Optional<String> action(AwsRequestHead head) {
        return Optional.ofNullable(head.header("x-amz-target"))
                .map(target -> target.startsWith(TARGET) ? target.substring(TARGET.length()) : "");
    }

    @Override
    public String action() {
        return action(exchange.head()).orElse("");
    }

    @Override
    public String contentType() {
        return "application/x-amz-json-1.0";
    }

    @Override
    public SqsRequest decode(SqsAction action) {
        Parameters parameters;
        try {
            parameters = JsonParameters.read(body);
        } catch (JacksonException malformed) {
            throw new SqsException(SqsError.SERIALIZATION, "The request is not well-formed JSON.");
        }
        return new Requests(parameters, exchange.identity().accountId(),
                named -> urls.queueOf(named.required("QueueUrl"))).decode(action);
    }

    @Override
    public byte[] encode(SqsAction action, SqsResult result) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = AwsJson.generator(out)) {
            write(json,
                    new Parts(action, queue -> urls.urlOf(queue, exchange)).of(result));
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, List<Part> parts) {
        json.writeStartObject();
        parts.forEach(part -> write(json, part));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Part part) {
        switch (part) {
            case Part.Text(String name, String value) -> json.writeStringProperty(name, value);
            case Part.Count(String name, long value) -> json.writeNumberProperty(name, value);
            case Part.Flag(String name, boolean value) -> json.writeBooleanProperty(name, value);
            case Part.Texts texts -> {
                json.writeArrayPropertyStart(texts.json());
                texts.values().forEach(json::writeString);
                json.writeEndArray();
            }
            case Part.Pairs pairs -> {
                json.writeObjectPropertyStart(pairs.json());
                pairs.values().forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            case Part.Objects objects -> {
                json.writeArrayPropertyStart(objects.json());
                objects.values().forEach(parts -> write(json, parts));
                json.writeEndArray();
            }
            case Part.UserAttributes(List<MessageAttribute> attributes) -> {
                json.writeObjectPropertyStart("MessageAttributes");
                attributes.forEach(attribute -> write(json, attribute));
                json.writeEndObject();
            }
        }
    }

    private static void write(JsonGenerator json, MessageAttribute attribute) {
        json.writeObjectPropertyStart(attribute.name());
        if (attribute.binary()) {
            json.writeName("BinaryValue");
            json.writeBinary(attribute.value());
        } else {
            json.writeStringProperty("StringValue", attribute.text());
        }
        json.writeStringProperty("DataType", attribute.dataType());
        json.writeEndObject();
    }
}

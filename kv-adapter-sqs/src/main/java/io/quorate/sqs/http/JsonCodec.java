package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.json.AwsJson;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.Md5;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
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
        return switch (action) {
            case CREATE_QUEUE ->
                RequestRules.createQueue(parameters, exchange.identity().accountId());
            case SEND_MESSAGE -> RequestRules.sendMessage(parameters, queue(parameters));
            case RECEIVE_MESSAGE -> RequestRules.receiveMessage(parameters, queue(parameters));
            case DELETE_MESSAGE -> RequestRules.deleteMessage(parameters, queue(parameters));
        };
    }

    private QueueName queue(Parameters parameters) {
        return urls.queueOf(parameters.required("QueueUrl"));
    }

    @Override
    public byte[] encode(SqsAction action, SqsResult result) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = AwsJson.generator(out)) {
            json.writeStartObject();
            switch (result) {
                case SqsResult.QueueCreated created ->
                    json.writeStringProperty("QueueUrl", urls.urlOf(created.queue(), exchange));
                case SqsResult.MessageSent sent -> write(json, sent);
                case SqsResult.MessagesReceived received -> write(json, received);
                case SqsResult.MessageDeleted deleted -> {
                    // The answer has no members.
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, SqsResult.MessageSent sent) {
        json.writeStringProperty("MD5OfMessageBody", sent.md5OfBody());
        sent.md5OfAttributes()
                .ifPresent(md5 -> json.writeStringProperty("MD5OfMessageAttributes", md5));
        sent.md5OfSystemAttributes()
                .ifPresent(md5 -> json.writeStringProperty("MD5OfMessageSystemAttributes", md5));
        json.writeStringProperty("MessageId", sent.message().toString());
    }

    private static void write(JsonGenerator json, SqsResult.MessagesReceived received) {
        if (received.messages().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("Messages");
        for (ReceivedMessage message : received.messages()) {
            json.writeStartObject();
            json.writeStringProperty("MessageId", message.id().toString());
            json.writeStringProperty("ReceiptHandle", message.receipt().encode());
            json.writeStringProperty("MD5OfBody", Md5.ofText(message.content().body()));
            json.writeStringProperty("Body", message.content().body());
            writeSystem(json, received.shown().systemOf(message));
            writeUser(json, received.shown().userOf(message));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSystem(JsonGenerator json, Map<String, String> attributes) {
        if (!attributes.isEmpty()) {
            json.writeObjectPropertyStart("Attributes");
            attributes.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    private static void writeUser(JsonGenerator json, List<MessageAttribute> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeStringProperty("MD5OfMessageAttributes", Md5.ofAttributes(attributes));
        json.writeObjectPropertyStart("MessageAttributes");
        for (MessageAttribute attribute : attributes) {
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
        json.writeEndObject();
    }
}

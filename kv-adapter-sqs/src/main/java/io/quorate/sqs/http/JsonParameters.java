package io.quorate.sqs.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@link Parameters} from JSON, token by token. Used for one request. */
final class JsonParameters {
    private static final Set<String> TEXTS = Set.of("QueueUrl", "QueueName", "MessageBody",
            "MessageDeduplicationId", "MessageGroupId", "ReceiveRequestAttemptId",
            "ReceiptHandle");
    private static final Set<String> NUMBERS = Set.of("DelaySeconds", "MaxNumberOfMessages",
            "VisibilityTimeout", "WaitTimeSeconds");

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> queueAttributes = new HashMap<>();
    private final Map<String, String> tags = new HashMap<>();
    private final List<MessageAttribute> messageAttributes = new ArrayList<>();
    private final List<MessageAttribute> systemAttributes = new ArrayList<>();
    private final List<String> systemNames = new ArrayList<>();
    private final List<String> userNames = new ArrayList<>();
    private final JsonParser json;

    private JsonParameters(JsonParser json) {
        this.json = json;
    }

    /** Reads a request. Malformed JSON is a {@link tools.jackson.core.JacksonException}. */
    static Parameters read(byte[] body) {
        try (JsonParser json = AwsJson.parser(body)) {
            var reader = new JsonParameters(json);
            reader.readAll();
            return new Parameters(reader.texts, reader.queueAttributes, reader.tags,
                    reader.messageAttributes, reader.systemAttributes, reader.systemNames,
                    reader.userNames);
        }
    }

    private void readAll() {
        expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                readMember(name);
            }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT, "the end of the object");
        expect(json.nextToken() == null, "nothing after the object");
    }

    private void readMember(String name) {
        switch (name) {
            case "Attributes" -> texts(queueAttributes);
            case "tags" -> texts(tags);
            case "MessageAttributes" -> attributes(messageAttributes);
            case "MessageSystemAttributes" -> attributes(systemAttributes);
            case "AttributeNames", "MessageSystemAttributeNames" -> list(systemNames);
            case "MessageAttributeNames" -> list(userNames);
            default -> readSingle(name);
        }
    }

    private void readSingle(String name) {
        if (TEXTS.contains(name)) {
            texts.put(name, text());
        } else if (NUMBERS.contains(name)) {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    || json.currentToken() == JsonToken.VALUE_STRING, "a number for " + name);
            texts.put(name, json.getString());
        } else {
            throw SqsException.unsupported("The parameter " + shown(name));
        }
    }

    private void texts(Map<String, String> into) {
        expect(json.currentToken() == JsonToken.START_OBJECT, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            into.put(name, text());
        }
    }

    private void list(List<String> into) {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            into.add(text());
        }
    }

    private void attributes(List<MessageAttribute> into) {
        expect(json.currentToken() == JsonToken.START_OBJECT, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
            into.add(attribute(name));
        }
    }

    private MessageAttribute attribute(String name) {
        var fields = new AttributeFields();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                readField(fields, field);
            }
        }
        return fields.toAttribute(name);
    }

    private void readField(AttributeFields fields, String field) {
        switch (field) {
            case "DataType" -> fields.dataType(text());
            case "StringValue" -> fields.stringValue(text());
            case "BinaryValue" -> fields.binaryValue(text());
            case "StringListValues", "BinaryListValues" -> emptyList(field);
            default -> throw SqsException.unsupported("The parameter " + shown(field));
        }
    }

    /** Reserved by SQS; some SDKs write them without elements. */
    private void emptyList(String field) {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list");
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw SqsException.unsupported("The parameter " + field);
        }
    }

    private String text() {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "a string");
        return json.getString();
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new SqsException(SqsError.SERIALIZATION, "The request must hold " + what + ".");
        }
    }

    /** A name of the client's own, short enough to show it. */
    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "...";
    }
}

package io.quorate.sqs.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@link Parameters} from JSON, token by token. Used for one request. */
final class JsonParameters {
    private static final Set<String> TEXTS = Set.of("QueueUrl", "QueueName", "MessageBody",
            "MessageDeduplicationId", "MessageGroupId", "ReceiveRequestAttemptId",
            "ReceiptHandle", "QueueOwnerAWSAccountId", "QueueNamePrefix", "NextToken", "Label",
            "SourceArn", "DestinationArn", "TaskHandle", "Id");
    private static final Set<String> NUMBERS = Set.of("DelaySeconds", "MaxNumberOfMessages",
            "VisibilityTimeout", "WaitTimeSeconds", "MaxResults", "MaxNumberOfMessagesPerSecond");
    private static final Set<String> LISTS = Set.of("AttributeNames",
            "MessageSystemAttributeNames", "MessageAttributeNames", "TagKeys", "AWSAccountIds",
            "Actions");
    /** CreateQueue has its tags in lower case. */
    private static final Map<String, String> MAPS = Map.of("Attributes", "Attributes", "tags",
            "Tags", "Tags", "Tags");
    /** More than any batch may have, so that it can be refused with its number. */
    private static final int MAX_ENTRIES = 1_000;

    private final JsonParser json;

    private JsonParameters(JsonParser json) {
        this.json = json;
    }

    /** Reads a request. Malformed JSON is a {@link tools.jackson.core.JacksonException}. */
    static Parameters read(byte[] body) {
        try (JsonParser json = AwsJson.parser(body)) {
            var reader = new JsonParameters(json);
            json.nextToken();
            Parameters parameters = reader.object(true);
            expect(json.nextToken() == null, "nothing after the object");
            return parameters;
        }
    }

    private Parameters object(boolean whole) {
        expect(json.currentToken() == JsonToken.START_OBJECT, "an object");
        Fields fields = new Fields();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                member(fields, name, whole);
            }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT, "the end of the object");
        return fields.toParameters();
    }

    private void member(Fields fields, String name, boolean whole) {
        if (TEXTS.contains(name)) {
            fields.texts.put(name, text());
        } else if (NUMBERS.contains(name)) {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    || json.currentToken() == JsonToken.VALUE_STRING, "a number for " + name);
            fields.texts.put(name, json.getString());
        } else if (LISTS.contains(name)) {
            fields.lists.put(name, list());
        } else if (MAPS.containsKey(name)) {
            fields.maps.put(MAPS.get(name), texts());
        } else if (name.equals("MessageAttributes")) {
            attributes(fields.user);
        } else if (name.equals("MessageSystemAttributes")) {
            attributes(fields.system);
        } else if (name.equals("Entries") && whole) {
            fields.entries = entries();
        } else {
            throw Parameters.unknown(name);
        }
    }

    private List<Parameters> entries() {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list of entries");
        List<Parameters> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(entries.size() < MAX_ENTRIES, "fewer entries");
            entries.add(object(false));
        }
        return entries;
    }

    private Map<String, String> texts() {
        expect(json.currentToken() == JsonToken.START_OBJECT, "an object");
        Map<String, String> into = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            into.put(name, text());
        }
        return into;
    }

    private List<String> list() {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list");
        List<String> into = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            into.add(text());
        }
        return into;
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
            default -> throw Parameters.unknown(field);
        }
    }

    /** Reserved by SQS; some SDKs write them without elements. */
    private void emptyList(String field) {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list");
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw Parameters.unknown(field);
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

    /** What was read of one object. */
    private static final class Fields {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();
        private final Map<String, Map<String, String>> maps = new HashMap<>();
        private final List<MessageAttribute> user = new ArrayList<>();
        private final List<MessageAttribute> system = new ArrayList<>();
        private @Nullable List<Parameters> entries;

        Parameters toParameters() {
            return new Parameters(texts, lists, maps,
                    new Parameters.MessageParameters(user, system),
                    Optional.ofNullable(entries));
        }
    }
}

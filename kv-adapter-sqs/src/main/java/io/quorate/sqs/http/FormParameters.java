package io.quorate.sqs.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.QueryParameters.Parameter;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@link Parameters} from a form: lists and maps are flattened as {@code Attribute.1.Name},
 * {@code SendMessageBatchRequestEntry.1.MessageAttribute.2.Value.StringValue}. Used for one request.
 */
final class FormParameters {
    private static final Pattern INDEXED = Pattern.compile("([A-Za-z]+)\\.(\\d{1,4})(?:\\.(.+))?");
    private static final Set<String> TEXTS = Set.of("QueueUrl", "QueueName", "MessageBody",
            "MessageDeduplicationId", "MessageGroupId", "ReceiveRequestAttemptId", "ReceiptHandle",
            "DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds",
            "QueueOwnerAWSAccountId", "QueueNamePrefix", "NextToken", "Label", "SourceArn",
            "DestinationArn", "TaskHandle", "MaxResults", "MaxNumberOfMessagesPerSecond", "Id");
    /** What lists are called here, and there. */
    private static final Map<String, String> LISTS = Map.of("AttributeName", "AttributeNames",
            "MessageSystemAttributeName", "MessageSystemAttributeNames", "MessageAttributeName",
            "MessageAttributeNames", "TagKey", "TagKeys", "AWSAccountId", "AWSAccountIds",
            "ActionName", "Actions");
    private static final Set<String> ENTRIES = Set.of("SendMessageBatchRequestEntry",
            "DeleteMessageBatchRequestEntry", "ChangeMessageVisibilityBatchRequestEntry");
    /** Part of every request, or of its signature. */
    private static final Set<String> COMMON = Set.of("Action", "Version", "AWSAccessKeyId",
            "SignatureVersion", "SignatureMethod", "Timestamp", "Expires", "Signature");
    private static final String SIGNATURE_PREFIX = "X-Amz-";

    private final Map<String, String> texts = new HashMap<>();
    /** Lists by name, their elements by index, the fields of each by name; "" is the element. */
    private final Map<String, TreeMap<Integer, Map<String, String>>> lists = new LinkedHashMap<>();

    private FormParameters() {}

    static Parameters read(QueryParameters form) {
        var reader = new FormParameters();
        for (Parameter parameter : form) {
            String name = parameter.name();
            if (!COMMON.contains(name) && !name.startsWith(SIGNATURE_PREFIX)) {
                reader.read(name, parameter.value());
            }
        }
        return reader.toParameters();
    }

    private static Parameters entry(Map<String, String> fields) {
        var reader = new FormParameters();
        fields.forEach(reader::read);
        return reader.toParameters();
    }

    private void read(String name, String value) {
        Matcher indexed = INDEXED.matcher(name);
        if (TEXTS.contains(name)) {
            texts.put(name, value);
        } else if (indexed.matches()) {
            String field = indexed.group(3);
            lists.computeIfAbsent(indexed.group(1), list -> new TreeMap<>())
                    .computeIfAbsent(Integer.valueOf(indexed.group(2)), i -> new HashMap<>())
                    .put(field == null ? "" : field, value);
        } else {
            throw Parameters.unknown(name);
        }
    }

    private Parameters toParameters() {
        Map<String, Map<String, String>> maps = Map.of("Attributes", pairs("Attribute", "Name"),
                "Tags", pairs("Tag", "Key"));
        var message = new Parameters.MessageParameters(attributes("MessageAttribute"),
                attributes("MessageSystemAttribute"));
        Map<String, List<String>> values = new HashMap<>();
        LISTS.forEach((form, name) -> values.put(name, values(form)));
        Optional<List<Parameters>> entries = ENTRIES.stream().filter(lists::containsKey)
                .findFirst().map(name -> take(name).stream().map(FormParameters::entry).toList());
        lists.keySet().stream().findFirst().ifPresent(name -> {
            throw Parameters.unknown(name);
        });
        return new Parameters(texts, values, maps, message, entries);
    }

    private List<Map<String, String>> take(String name) {
        TreeMap<Integer, Map<String, String>> list = lists.remove(name);
        return list == null ? List.of() : new ArrayList<>(list.values());
    }

    private List<String> values(String name) {
        return take(name).stream().map(element -> field(element, "", name)).toList();
    }

    private Map<String, String> pairs(String name, String keyField) {
        Map<String, String> pairs = new HashMap<>();
        for (Map<String, String> element : take(name)) {
            pairs.put(field(element, keyField, name), field(element, "Value", name));
        }
        return pairs;
    }

    private List<MessageAttribute> attributes(String name) {
        return take(name).stream().map(element -> {
            var fields = new AttributeFields();
            element.forEach((field, value) -> {
                switch (field) {
                    case "Name" -> {
                        // Read below.
                    }
                    case "Value.DataType" -> fields.dataType(value);
                    case "Value.StringValue" -> fields.stringValue(value);
                    case "Value.BinaryValue" -> fields.binaryValue(value);
                    default -> throw Parameters.unknown(name + "." + field);
                }
            });
            return fields.toAttribute(field(element, "Name", name));
        }).toList();
    }

    private static String field(Map<String, String> element, String field, String name) {
        String value = element.get(field);
        if (value == null) {
            throw SqsException.missing(field.isEmpty() ? name : name + "." + field);
        }
        return value;
    }
}

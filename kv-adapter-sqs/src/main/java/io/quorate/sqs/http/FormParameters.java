package io.quorate.sqs.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.request.QueryParameters.Parameter;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@link Parameters} from a form: lists and maps are flattened as {@code Attribute.1.Name},
 * {@code MessageAttribute.2.Value.StringValue}. Used for one request.
 */
final class FormParameters {
    private static final Pattern INDEXED = Pattern
            .compile("([A-Za-z]+)\\.(\\d{1,4})((?:\\.[A-Za-z]+)*)");
    private static final Set<String> TEXTS = Set.of("QueueUrl", "QueueName", "MessageBody",
            "MessageDeduplicationId", "MessageGroupId", "ReceiveRequestAttemptId", "ReceiptHandle",
            "DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds");
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
        form.forEach(reader::read);
        return reader.toParameters();
    }

    private void read(Parameter parameter) {
        String name = parameter.name();
        if (TEXTS.contains(name)) {
            texts.put(name, parameter.value());
            return;
        }
        Matcher indexed = INDEXED.matcher(name);
        if (indexed.matches()) {
            String field = indexed.group(3);
            lists.computeIfAbsent(indexed.group(1), list -> new TreeMap<>())
                    .computeIfAbsent(Integer.valueOf(indexed.group(2)), i -> new HashMap<>())
                    .put(field.isEmpty() ? "" : field.substring(1), parameter.value());
        } else if (!COMMON.contains(name) && !name.startsWith(SIGNATURE_PREFIX)) {
            throw unknown(name);
        }
    }

    private Parameters toParameters() {
        Map<String, String> queueAttributes = pairs("Attribute", "Name");
        Map<String, String> tags = pairs("Tag", "Key");
        List<MessageAttribute> user = attributes("MessageAttribute");
        List<MessageAttribute> system = attributes("MessageSystemAttribute");
        List<String> systemNames = new ArrayList<>(values("AttributeName"));
        systemNames.addAll(values("MessageSystemAttributeName"));
        List<String> userNames = values("MessageAttributeName");
        lists.keySet().stream().findFirst().ifPresent(name -> {
            throw unknown(name);
        });
        return new Parameters(texts, queueAttributes, tags, user, system, systemNames, userNames);
    }

    private List<Map<String, String>> take(String name) {
        TreeMap<Integer, Map<String, String>> list = lists.remove(name);
        return list == null ? List.of() : List.copyOf(list.values());
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
                    default -> throw unknown(name + "." + field);
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

    private static SqsException unknown(String name) {
        return new SqsException(SqsError.UNSUPPORTED_OPERATION, "The parameter "
                + (name.length() <= 64 ? name : name.substring(0, 64) + "...")
                + " is not supported by this server.");
    }
}

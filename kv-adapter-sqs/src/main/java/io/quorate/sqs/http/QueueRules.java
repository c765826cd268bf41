package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.model.RedriveAllow;
import io.quorate.sqs.model.RedrivePolicy;
import io.quorate.sqs.operation.QueueAttributes;
import io.quorate.sqs.operation.QueueTags;
import io.quorate.sqs.operation.SqsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the parameters of actions on queues, whichever protocol brought them, into valid requests.
 * Source: the parameters' descriptions in the SQS API reference. Pure functions.
 */
final class QueueRules {
    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;
    private static final int MAX_RESULTS = 1_000;

    private QueueRules() {}

    static SqsRequest createQueue(Parameters parameters, String account) {
        String name = parameters.required("QueueName");
        if (!QueueName.isValid(name)) {
            throw SqsException.invalidValue(name, "QueueName",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        QueueName queue = new QueueName(account, name);
        QueueSettings settings = settings(parameters.map("Attributes"), queue);
        if (queue.isFifo() != settings.flag(QueueAttribute.FIFO_QUEUE)) {
            throw queue.isFifo()
                    ? new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                            "The name of a FIFO queue can only include alphanumeric characters, "
                                    + "hyphens, or underscores, must end with .fifo suffix and "
                                    + "be 1 to 80 in length; FifoQueue must be true.")
                    : SqsException.invalidValue(name, "QueueName",
                            "The name of a FIFO queue must end with .fifo suffix.");
        }
        QueueAttributes.checkThroughput(settings);
        return new SqsRequest.CreateQueue(queue, settings, tags(parameters));
    }

    static SqsRequest setAttributes(Parameters parameters, QueueName queue) {
        Map<String, String> attributes = parameters.map("Attributes");
        if (attributes.isEmpty()) {
            throw SqsException.missing("Attribute.Name");
        }
        return new SqsRequest.SetQueueAttributes(queue, settings(attributes, queue));
    }

    static SqsRequest getAttributes(Parameters parameters, QueueName queue) {
        Set<String> names = new HashSet<>(parameters.list("AttributeNames"));
        for (String name : names) {
            if (!QueueAttributes.MADE_HERE.contains(name) && QueueAttribute.of(name).isEmpty()) {
                throw unknown(name);
            }
        }
        return new SqsRequest.GetQueueAttributes(queue, names);
    }

    private static QueueSettings settings(Map<String, String> attributes, QueueName queue) {
        Map<QueueAttribute, String> chosen = new EnumMap<>(QueueAttribute.class);
        attributes.forEach((name, value) -> {
            QueueAttribute attribute = QueueAttribute.of(name).orElseThrow(() -> unknown(name));
            boolean foreign = attribute.isOfFifoQueues() && !queue.isFifo()
                    && attribute != QueueAttribute.FIFO_QUEUE;
            if (foreign) {
                throw unknown(name);
            }
            if (!attribute.allows(value)) {
                throw invalid(name, "");
            }
            chosen.put(attribute, value);
        });
        Policies.checkDocument(chosen.getOrDefault(QueueAttribute.POLICY, ""));
        Optional<RedrivePolicy> redrive = Policies
                .redrive(chosen.getOrDefault(QueueAttribute.REDRIVE_POLICY, ""));
        RedriveAllow allow = Policies
                .allow(chosen.getOrDefault(QueueAttribute.REDRIVE_ALLOW_POLICY, ""));
        return new QueueSettings(chosen, redrive, allow);
    }

    static SqsException invalid(String attribute, String reason) {
        return new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter "
                + attribute + "." + (reason.isEmpty() ? "" : " Reason: " + reason));
    }

    private static SqsException unknown(String attribute) {
        return new SqsException(SqsError.INVALID_ATTRIBUTE_NAME,
                "Unknown Attribute " + attribute + ".");
    }

    static Map<String, String> tags(Parameters parameters) {
        Map<String, String> tags = parameters.map("Tags");
        if (tags.size() > QueueTags.MAX_TAGS) {
            throw SqsException.invalidValue(Integer.toString(tags.size()), "Tags",
                    "Too many tags added for queue. Maximum " + QueueTags.MAX_TAGS + ".");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_TAG_KEY || value.length() > MAX_TAG_VALUE) {
                throw SqsException.invalidValue(key, "Tags",
                        "Tag keys must be between 1 and 128 characters in length, values at most 256.");
            }
        });
        return tags;
    }

    static SqsRequest tagQueue(Parameters parameters, QueueName queue) {
        Map<String, String> tags = tags(parameters);
        if (tags.isEmpty()) {
            throw SqsException.missing("Tags");
        }
        return new SqsRequest.TagQueue(queue, tags);
    }

    static SqsRequest untagQueue(Parameters parameters, QueueName queue) {
        Set<String> keys = new HashSet<>(parameters.list("TagKeys"));
        if (keys.isEmpty()) {
            throw SqsException.missing("TagKeys");
        }
        return new SqsRequest.UntagQueue(queue, keys);
    }

    static SqsRequest getUrl(Parameters parameters, String account) {
        String name = parameters.required("QueueName");
        if (!QueueName.isValid(name)) {
            throw SqsException.noSuchQueue();
        }
        return new SqsRequest.GetQueueUrl(
                new QueueName(parameters.text("QueueOwnerAWSAccountId").orElse(account), name));
    }

    static SqsRequest listQueues(Parameters parameters, String account) {
        return new SqsRequest.ListQueues(new QueueName(account, "*"),
                parameters.text("QueueNamePrefix").orElse(""), page(parameters));
    }

    static SqsRequest.Page page(Parameters parameters) {
        Optional<Integer> max = parameters.number("MaxResults", 1, MAX_RESULTS);
        return new SqsRequest.Page(max, parameters.text("NextToken").map(QueueRules::afterToken));
    }

    /** A token is the last name shown. */
    static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String afterToken(String token) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(token),
                    StandardCharsets.UTF_8);
            if (QueueName.isValid(name)) {
                return name;
            }
        } catch (IllegalArgumentException notOurs) {
            // Refused below, like any other text that is no token of this server.
        }
        throw SqsException.invalidValue(token.length() <= 64 ? token : "given", "NextToken",
                "It was not made by this server.");
    }
}

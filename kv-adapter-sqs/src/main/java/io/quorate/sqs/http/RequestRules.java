package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.operation.CreateQueueRequest;
import io.quorate.sqs.operation.DeleteMessageRequest;
import io.quorate.sqs.operation.ReceiveMessageRequest;
import io.quorate.sqs.operation.SendMessageRequest;
import io.quorate.sqs.operation.ShownAttributes;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parameters of an action, whichever protocol brought them, into a valid request. Source:
 * the parameters' descriptions in the SQS API reference. Pure functions.
 */
final class RequestRules {
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;
    private static final int MAX_WAIT_SECONDS = 20;
    private static final String TRACE_HEADER = "AWSTraceHeader";
    private static final String FIFO = "FifoQueue";
    /** Attributes that SQS has for queues and this server has not. */
    private static final Set<String> NOT_BUILT = Set.of("Policy", "RedrivePolicy",
            "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds",
            "SqsManagedSseEnabled", FIFO, "ContentBasedDeduplication", "DeduplicationScope",
            "FifoThroughputLimit");

    private RequestRules() {}

    static CreateQueueRequest createQueue(Parameters parameters, String account) {
        String name = parameters.required("QueueName");
        if (!QueueName.isValid(name)) {
            throw SqsException.invalidValue(name, "QueueName",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        QueueName queue = new QueueName(account, name);
        Map<String, String> attributes = parameters.queueAttributes();
        if (queue.isFifo()) {
            throw SqsException.unsupported("A FIFO queue");
        }
        return new CreateQueueRequest(queue, queueAttributes(attributes), tags(parameters));
    }

    private static Map<QueueAttribute, Integer> queueAttributes(Map<String, String> attributes) {
        var chosen = new EnumMap<QueueAttribute, Integer>(QueueAttribute.class);
        attributes.forEach((name, text) -> {
            QueueAttribute attribute = QueueAttribute.of(name).orElseThrow(() -> refused(name));
            int value = integer(text).filter(attribute::allows)
                    .orElseThrow(() -> new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE,
                            "Invalid value for the parameter " + name + "."));
            chosen.put(attribute, value);
        });
        return chosen;
    }

    private static SqsException refused(String attribute) {
        return NOT_BUILT.contains(attribute)
                ? SqsException.unsupported("The attribute " + attribute)
                : new SqsException(SqsError.INVALID_ATTRIBUTE_NAME,
                        "Unknown Attribute " + attribute + ".");
    }

    private static Map<String, String> tags(Parameters parameters) {
        Map<String, String> tags = parameters.tags();
        if (tags.size() > MAX_TAGS) {
            throw SqsException.invalidValue(Integer.toString(tags.size()), "Tags",
                    "Too many tags added for queue. Maximum " + MAX_TAGS + ".");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_TAG_KEY || value.length() > MAX_TAG_VALUE) {
                throw SqsException.invalidValue(key, "Tags",
                        "Tag keys must be between 1 and 128 characters in length, values at most 256.");
            }
        });
        return tags;
    }

    static SendMessageRequest sendMessage(Parameters parameters, QueueName queue) {
        String body = parameters.required("MessageBody");
        if (body.isEmpty()) {
            throw SqsException.missing("MessageBody");
        }
        MessageRules.checkText(body);
        Optional<Integer> delay = inRange(parameters, "DelaySeconds", 0, 900);
        refuseOnStandardQueue(parameters, "MessageDeduplicationId");
        var attributes = MessageRules.checked(parameters.messageAttributes());
        return new SendMessageRequest(queue, body, delay, attributes, traceHeader(parameters),
                parameters.text("MessageGroupId").map(MessageRules::checkedGroup));
    }

    private static Optional<MessageAttribute> traceHeader(Parameters parameters) {
        var attributes = parameters.systemAttributes();
        for (MessageAttribute attribute : attributes) {
            if (!attribute.name().equals(TRACE_HEADER) || attribute.binary()
                    || !attribute.dataType().equals("String")) {
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "Message system attribute name '" + attribute.name() + "' is invalid.");
            }
        }
        return attributes.stream().findFirst();
    }

    static ReceiveMessageRequest receiveMessage(Parameters parameters, QueueName queue) {
        int max = inRange(parameters, "MaxNumberOfMessages", 1, 10).orElse(1);
        Optional<Integer> visibility = inRange(parameters, "VisibilityTimeout",
                0, 43_200);
        Optional<Integer> wait = inRange(parameters, "WaitTimeSeconds", 0,
                MAX_WAIT_SECONDS);
        refuseOnStandardQueue(parameters, "ReceiveRequestAttemptId");
        Set<String> system = new HashSet<>(parameters.systemAttributeNames());
        system.stream().filter(name -> !ShownAttributes.SYSTEM_NAMES.contains(name)).findFirst()
                .ifPresent(name -> {
                    throw new SqsException(SqsError.INVALID_ATTRIBUTE_NAME,
                            "Unknown Attribute " + name + ".");
                });
        return new ReceiveMessageRequest(queue, max, visibility, wait,
                new ShownAttributes(system, parameters.messageAttributeNames()));
    }

    static DeleteMessageRequest deleteMessage(Parameters parameters, QueueName queue) {
        String handle = parameters.required("ReceiptHandle");
        return new DeleteMessageRequest(queue,
                ReceiptHandle.decode(handle)
                        .orElseThrow(() -> new SqsException(SqsError.RECEIPT_HANDLE_IS_INVALID,
                                "The input receipt handle \"" + handle
                                        + "\" is not a valid receipt handle.")));
    }

    private static void refuseOnStandardQueue(Parameters parameters, String name) {
        parameters.text(name).ifPresent(value -> {
            throw SqsException.invalidValue(value, name,
                    "The request include parameter that is not valid for this queue type.");
        });
    }

    private static Optional<Integer> inRange(Parameters parameters, String name, int min,
            int max) {
        return parameters.text(name)
                .map(value -> integer(value).filter(number -> min <= number && number <= max)
                        .orElseThrow(() -> SqsException.invalidValue(value, name,
                                "Must be between " + min + " and " + max + ", if provided.")));
    }

    private static Optional<Integer> integer(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}

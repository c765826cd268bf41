package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.operation.ShownAttributes;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsRequest.Hiding;
import io.quorate.sqs.operation.SqsRequest.Outgoing;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the parameters of actions on messages, whichever protocol brought them, into valid requests.
 * Source: the parameters' descriptions in the SQS API reference. Pure functions.
 */
final class MessageRequests {
    private static final int MAX_WAIT_SECONDS = 20;
    private static final int MAX_VISIBILITY_SECONDS = 43_200;
    private static final int MAX_DELAY_SECONDS = 900;
    private static final String TRACE_HEADER = "AWSTraceHeader";
    private static final String WRONG_QUEUE_TYPE = "The request include parameter that is not valid for this queue type.";

    private MessageRequests() {}

    static SqsRequest send(Parameters parameters, QueueName queue) {
        return new SqsRequest.SendMessage(queue, outgoing(parameters, queue));
    }

    static Outgoing outgoing(Parameters parameters, QueueName queue) {
        String body = parameters.required("MessageBody");
        if (body.isEmpty()) {
            throw SqsException.missing("MessageBody");
        }
        MessageRules.checkText(body);
        Optional<Integer> delay = parameters.number("DelaySeconds", 0, MAX_DELAY_SECONDS);
        Optional<String> group = parameters.text("MessageGroupId").map(
                id -> MessageRules.checkedId(id, "MessageGroupId"));
        Optional<String> deduplication = parameters.text("MessageDeduplicationId").map(
                id -> MessageRules.checkedId(id, "MessageDeduplicationId"));
        if (queue.isFifo()) {
            if (group.isEmpty()) {
                throw SqsException.missing("MessageGroupId");
            }
            delay.filter(seconds -> seconds > 0).ifPresent(seconds -> {
                throw SqsException.invalidValue(seconds.toString(), "DelaySeconds",
                        WRONG_QUEUE_TYPE);
            });
            delay = Optional.empty();
        } else {
            deduplication.ifPresent(id -> {
                throw SqsException.invalidValue(id, "MessageDeduplicationId", WRONG_QUEUE_TYPE);
            });
        }
        var attributes = MessageRules.checked(parameters.message().user());
        return new Outgoing(body, delay, attributes,
                new SqsRequest.Ids(traceHeader(parameters), group, deduplication));
    }

    private static Optional<MessageAttribute> traceHeader(Parameters parameters) {
        var attributes = parameters.message().system();
        for (MessageAttribute attribute : attributes) {
            if (!attribute.name().equals(TRACE_HEADER) || attribute.binary()
                    || !attribute.dataType().equals("String")) {
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "Message system attribute name '" + attribute.name() + "' is invalid.");
            }
        }
        return attributes.stream().findFirst();
    }

    static SqsRequest receive(Parameters parameters, QueueName queue) {
        int max = parameters.number("MaxNumberOfMessages", 1, 10).orElse(1);
        Optional<Integer> visibility = parameters.number("VisibilityTimeout", 0,
                MAX_VISIBILITY_SECONDS);
        Optional<Integer> wait = parameters.number("WaitTimeSeconds", 0, MAX_WAIT_SECONDS);
        Optional<String> attempt = parameters.text("ReceiveRequestAttemptId");
        if (!queue.isFifo()) {
            attempt.ifPresent(id -> {
                throw SqsException.invalidValue(id, "ReceiveRequestAttemptId", WRONG_QUEUE_TYPE);
            });
        }
        attempt = attempt.map(id -> MessageRules.checkedId(id, "ReceiveRequestAttemptId"));
        Set<String> system = new HashSet<>(parameters.list("AttributeNames"));
        system.addAll(parameters.list("MessageSystemAttributeNames"));
        system.stream().filter(name -> !ShownAttributes.SYSTEM_NAMES.contains(name)).findFirst()
                .ifPresent(name -> {
                    throw new SqsException(SqsError.INVALID_ATTRIBUTE_NAME,
                            "Unknown Attribute " + name + ".");
                });
        return new SqsRequest.ReceiveMessage(queue, max, visibility, wait, attempt,
                new ShownAttributes(system, parameters.list("MessageAttributeNames")));
    }

    static SqsRequest delete(Parameters parameters, QueueName queue) {
        return new SqsRequest.DeleteMessage(queue, receipt(parameters));
    }

    static SqsRequest hide(Parameters parameters, QueueName queue) {
        return new SqsRequest.ChangeMessageVisibility(queue, hiding(parameters));
    }

    static ReceiptHandle receipt(Parameters parameters) {
        String handle = parameters.required("ReceiptHandle");
        return ReceiptHandle.decode(handle)
                .orElseThrow(() -> new SqsException(SqsError.RECEIPT_HANDLE_IS_INVALID,
                        "The input receipt handle \""
                                + (handle.length() <= 64 ? handle : handle.substring(0, 64) + "...")
                                + "\" is not a valid receipt handle."));
    }

    static Hiding hiding(Parameters parameters) {
        ReceiptHandle receipt = receipt(parameters);
        int seconds = parameters.number("VisibilityTimeout", 0, MAX_VISIBILITY_SECONDS)
                .orElseThrow(() -> SqsException.missing("VisibilityTimeout"));
        return new Hiding(receipt, seconds);
    }
}

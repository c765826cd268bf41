package io.quorate.sqs.operation;

import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attributes of its messages a receiver asked to see. Source: ReceiveMessage,
 * "MessageSystemAttributeNames" and "MessageAttributeNames".
 *
 * @param system names of system attributes; may hold {@code All}
 * @param user names of user attributes, {@code All}, or prefixes as {@code prefix.*}
 */
public record ShownAttributes(Set<String> system, List<String> user) {
    /** The names SQS knows; those of other kinds of queue never have a value here. */
    public static final Set<String> SYSTEM_NAMES = Set.of("All", "SenderId", "SentTimestamp",
            "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber",
            "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader",
            "DeadLetterQueueSourceArn");
    private static final String ALL = "All";
    private static final String ANY = ".*";

    public ShownAttributes {
        system = Set.copyOf(system);
        user = List.copyOf(user);
    }

    /** The system attributes to show of a message, with their values. */
    public Map<String, String> systemOf(ReceivedMessage message, boolean fifo) {
        MessageContent.Origin origin = message.content().origin();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SenderId", origin.senderId());
        all.put("ApproximateFirstReceiveTimestamp",
                Long.toString(message.state().firstReceivedMillis()));
        all.put("ApproximateReceiveCount", Integer.toString(message.state().receiveCount()));
        all.put("SentTimestamp", Long.toString(message.state().sentMillis()));
        origin.traceHeader().ifPresent(header -> all.put("AWSTraceHeader", header));
        origin.groupId().ifPresent(group -> all.put("MessageGroupId", group));
        origin.deadLetterSourceArn()
                .ifPresent(arn -> all.put("DeadLetterQueueSourceArn", arn));
        if (fifo) {
            origin.deduplicationId().ifPresent(id -> all.put("MessageDeduplicationId", id));
            all.put("SequenceNumber", sequence(message.receipt().place().sequence()));
        }
        if (!system.contains(ALL)) {
            all.keySet().retainAll(system);
        }
        return all;
    }

    /** The user attributes to show of a message. */
    public List<MessageAttribute> userOf(ReceivedMessage message) {
        return message.content().attributes().stream()
                .filter(attribute -> isShown(attribute.name())).toList();
    }

    /** A sequence number as SQS writes it: 20 digits, so that texts sort as numbers. */
    public static String sequence(long number) {
        return String.format("%020d", number);
    }

    private boolean isShown(String name) {
        return user.stream().anyMatch(asked -> asked.equals(ALL) || asked.equals(name)
                || (asked.endsWith(ANY)
                        && name.startsWith(asked.substring(0, asked.length() - ANY.length()))));
    }
}

package io.quorate.sqs.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue's name within an account.
 *
 * @param account the owner's account id
 * @param name the name, valid by SQS's rules
 */
public record QueueName(String account, String name) {
    private static final Pattern ARN = Pattern
            .compile("arn:aws[a-z-]*:sqs:[a-z0-9-]{1,64}:(\\d{12}):([A-Za-z0-9_.-]{1,80})");
    private static final int MAX_ARN = 512;
    /** Longest name, the suffix included. */
    private static final int MAX_LENGTH = 80;
    private static final String FIFO_SUFFIX = ".fifo";

    /** Whether SQS accepts the name. Source: CreateQueue, "QueueName". */
    public static boolean isValid(String name) {
        int end = name.length() - (name.endsWith(FIFO_SUFFIX) ? FIFO_SUFFIX.length() : 0);
        if (name.length() > MAX_LENGTH || end == 0) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (!isValid(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValid(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '_' || c == '-';
    }

    /** Whether the name is that of a FIFO queue. */
    public boolean isFifo() {
        return name.endsWith(FIFO_SUFFIX);
    }

    /** The ARN in a region. */
    public String arn(String region) {
        return "arn:aws:sqs:" + region + ":" + account + ":" + name;
    }

    /** The queue an ARN names; empty if it names none. */
    public static Optional<QueueName> ofArn(String arn) {
        Matcher parts = ARN.matcher(arn);
        return arn.length() <= MAX_ARN && parts.matches() && isValid(parts.group(2))
                ? Optional.of(new QueueName(parts.group(1), parts.group(2)))
                : Optional.empty();
    }

    /** The path of the queue's URL. */
    public String path() {
        return "/" + account + "/" + name;
    }
}

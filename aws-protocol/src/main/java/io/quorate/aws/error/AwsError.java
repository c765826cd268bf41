package io.quorate.aws.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as a client shall see it, whatever the envelope.
 *
 * @param code what clients branch on; in JSON envelopes a full shape name
 *        ({@code com.amazonaws.sqs#QueueDoesNotExist})
 * @param queryCode the code in SQS's Query protocol, where it may differ
 *        ({@code AWS.SimpleQueueService.NonExistentQueue})
 * @param status the HTTP status
 * @param message one sentence; holds no secret and no stack trace
 * @param details further elements or fields beside code and message, in order; mostly empty
 */
public record AwsError(String code, String queryCode, int status, String message,
        Map<String, String> details) {
    public AwsError {
        details = details.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** An error with the same code in every envelope and no details. */
    public AwsError(String code, int status, String message) {
        this(code, shortOf(code), status, message, Map.of());
    }

    /** An error of SQS, which has a name in each of its two protocols. */
    public AwsError(String code, String queryCode, int status, String message) {
        this(code, queryCode, status, message, Map.of());
    }

    /** Whether the client is at fault; Query envelopes say "Sender" then, else "Receiver". */
    public boolean senderFault() {
        return status < 500;
    }

    /** The code without the namespace of a full shape name. */
    public String shortCode() {
        return shortOf(code);
    }

    /** This error with one more detail. */
    public AwsError with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AwsError(code, queryCode, status, message, more);
    }

    private static String shortOf(String code) {
        return code.substring(code.lastIndexOf('#') + 1);
    }
}

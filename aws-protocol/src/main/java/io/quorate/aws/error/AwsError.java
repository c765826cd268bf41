package io.quorate.aws.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as a client shall see it, whatever the envelope.
 *
 * @param code what clients branch on; in JSON envelopes it may be a full shape name
 *        ({@code com.amazonaws.sqs#QueueDoesNotExist})
 * @param status the HTTP status
 * @param message one sentence; holds no secret and no stack trace
 * @param details further elements or fields beside code and message, in order; mostly empty
 */
public record AwsError(String code, int status, String message, Map<String, String> details) {
    public AwsError {
        details = details.isEmpty()
                ? Map.of()
                : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public AwsError(String code, int status, String message) {
        this(code, status, message, Map.of());
    }

    /** Whether the client is at fault; Query envelopes say "Sender" then, else "Receiver". */
    public boolean senderFault() {
        return status < 500;
    }

    /** The code without the namespace of a full shape name. */
    public String shortCode() {
        return code.substring(code.lastIndexOf('#') + 1);
    }

    /** This error with one more detail. */
    public AwsError with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AwsError(code, status, message, more);
    }
}

package io.quorate.gateway.deadline;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code X-Quorate-Timeout}: how long the sender waits, in milliseconds. Stateless. */
public final class RequestTimeout {
    /** The header. */
    public static final String HEADER = "X-Quorate-Timeout";
    /** The longest timeout it may ask for. */
    public static final Duration MAX = Duration.ofSeconds(60);

    private static final int MAX_DIGITS = 5;

    private RequestTimeout() {}

    /**
     * The timeout of the header's value; empty if the header was not sent.
     *
     * @throws MalformedException if it is not a whole number from 1 to 60,000
     */
    public static Optional<Duration> of(@Nullable String value) throws MalformedException {
        if (value == null) {
            return Optional.empty();
        }
        int millis = 0;
        for (int i = 0; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9' || i == MAX_DIGITS) {
                throw new MalformedException();
            }
            millis = millis * 10 + (digit - '0');
        }
        if (millis < 1 || millis > MAX.toMillis()) {
            throw new MalformedException();
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /** The header is not a timeout. Its message is for the sender. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        private static final String SENTENCE = HEADER
                + " must be a whole number of milliseconds from 1 to 60000.";

        MalformedException() {
            super(SENTENCE, null, false, false);
        }

        @Override
        public String getMessage() {
            return SENTENCE;
        }
    }
}

package io.quorate.gateway.deadline;

import io.quorate.aws.request.AwsHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long an AWS SDK waits for an answer: the {@code ttl} of {@code amz-sdk-request} (such as
 * {@code ttl=20261123T120000Z; attempt=1; max=3}) minus the date the request carries, so that the
 * clocks of client and server need not agree. What cannot be read, lies in the past or is more than
 * 15 minutes off says nothing. Stateless.
 */
final class SdkTtl {
    private static final String HEADER = "amz-sdk-request";
    private static final String TTL = "ttl=";
    private static final String PATTERN = "20261123T120000Z";
    private static final long MAX_SECONDS = Duration.ofMinutes(15).toSeconds();
    private static final long UNREADABLE = Long.MIN_VALUE;

    private SdkTtl() {}

    static Optional<Duration> of(AwsHeaders headers) {
        String request = headers.first(HEADER);
        int at = request == null ? -1 : request.indexOf(TTL);
        if (request == null || at < 0) {
            return Optional.empty();
        }
        long ttl = epochSeconds(request, at + TTL.length());
        long date = epochSeconds(headers.first("x-amz-date"), 0);
        if (ttl == UNREADABLE || date == UNREADABLE) {
            return Optional.empty();
        }
        long left = ttl - date;
        return left > 0 && left <= MAX_SECONDS
                ? Optional.of(Duration.ofSeconds(left))
                : Optional.empty();
    }

    // By hand: a formatter would cost more than the rest of the filter.
    private static long epochSeconds(@Nullable String text, int from) {
        if (text == null || text.length() < from + PATTERN.length()) {
            return UNREADABLE;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            char found = text.charAt(from + i);
            boolean digit = found >= '0' && found <= '9';
            if (expected >= 'A' ? found != expected : !digit) {
                return UNREADABLE;
            }
        }
        int seconds = two(text, from + 9) * 3600 + two(text, from + 11) * 60
                + two(text, from + 13);
        try {
            return LocalDate.of(two(text, from) * 100 + two(text, from + 2), two(text, from + 4),
                    two(text, from + 6)).toEpochDay() * 86_400 + seconds;
        } catch (DateTimeException e) {
            return UNREADABLE;
        }
    }

    private static int two(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }
}

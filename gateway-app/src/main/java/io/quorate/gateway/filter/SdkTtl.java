package io.quorate.gateway.filter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Reads how long an AWS SDK waits for an answer: the {@code ttl} of {@code amz-sdk-request} (such as
 * {@code ttl=20261123T120000Z; attempt=1; max=3}) minus the date the request carries, so that the
 * clocks of client and server need not agree. What cannot be read, lies in the past or is more than
 * 15 minutes off says nothing. Stateless.
 */
final class SdkTtl {
    private static final String HEADER = "amz-sdk-request";
    private static final String TTL = "ttl=";
    private static final int DATE_LENGTH = "20261123T120000Z".length();
    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final Duration MAX = Duration.ofMinutes(15);

    private SdkTtl() {
    }

    static Optional<Duration> of(HttpHeaders headers) {
        String request = headers.getFirst(HEADER);
        int at = request == null ? -1 : request.indexOf(TTL);
        if (request == null || at < 0 || request.length() < at + TTL.length() + DATE_LENGTH) {
            return Optional.empty();
        }
        int from = at + TTL.length();
        return difference(request.substring(from, from + DATE_LENGTH),
                headers.getFirst("x-amz-date"));
    }

    private static Optional<Duration> difference(String ttl, @Nullable String date) {
        if (date == null || date.length() != DATE_LENGTH) {
            return Optional.empty();
        }
        try {
            Duration left = Duration.between(LocalDateTime.parse(date, DATE),
                    LocalDateTime.parse(ttl, DATE));
            boolean usable = left.isPositive() && left.compareTo(MAX) <= 0;
            return usable ? Optional.of(left) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

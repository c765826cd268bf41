package io.quorate.aws.sigv4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * A request's date.
 *
 * @param text {@code yyyyMMdd'T'HHmmss'Z'}, as it stands in the string to sign
 * @param epochSecond the same as seconds since 1970
 */
record Timestamp(String text, long epochSecond) {
    private static final DateTimeFormatter BASIC = DateTimeFormatter
            .ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int LENGTH = 16;

    String date() {
        return text.substring(0, 8);
    }

    /** Reads the basic ISO form; null if it is anything else. */
    static @Nullable Timestamp parseBasic(String text) {
        if (text.length() != LENGTH || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
            return null;
        }
        int date = digits(text, 0, 8);
        int time = digits(text, 9, 15);
        if (date < 0 || time < 0) {
            return null;
        }
        try {
            LocalDateTime parsed = LocalDateTime.of(date / 10_000, date / 100 % 100, date % 100,
                    time / 10_000, time / 100 % 100, time % 100);
            return new Timestamp(text, parsed.toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Reads the HTTP Date header; null if it cannot be read. */
    static @Nullable Timestamp parseHttpDate(String text) {
        Timestamp basic = parseBasic(text);
        if (basic != null) {
            return basic;
        }
        try {
            Instant instant = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return new Timestamp(format(instant), instant.getEpochSecond());
        } catch (DateTimeException e) {
            return null;
        }
    }

    static String format(Instant instant) {
        return BASIC.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}

package io.quorate.aws.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/** How one value is compared, and what may be compared with. Pure functions. */
final class Comparisons {
    private static final int ARN_PARTS = 6;
    private static final int MAX_NUMBER = 40;
    private static final int MAX_SECONDS_DIGITS = 12;

    private Comparisons() {}

    static boolean any(String value) {
        return value.length() <= Policy.MAX_LENGTH;
    }

    static boolean isNumber(String value) {
        return toNumber(value).isPresent();
    }

    static boolean isDate(String value) {
        return toInstant(value).isPresent();
    }

    static boolean isTruth(String value) {
        return value.equals("true") || value.equals("false");
    }

    static boolean isRange(String value) {
        return IpRange.parse(value).isPresent();
    }

    static boolean same(String expected, String asked) {
        return plain(expected).equals(asked);
    }

    static boolean sameIgnoringCase(String expected, String asked) {
        return plain(expected).equalsIgnoreCase(asked);
    }

    static boolean like(String expected, String asked) {
        return Wildcards.matchesMarked(expected, asked, false);
    }

    static boolean inRange(String expected, String asked) {
        return IpRange.parse(plain(expected)).filter(range -> range.contains(asked)).isPresent();
    }

    static BiPredicate<String, String> number(IntPredicate fits) {
        return (expected, asked) -> {
            Optional<BigDecimal> limit = toNumber(plain(expected));
            Optional<BigDecimal> number = toNumber(asked);
            return limit.isPresent() && number.isPresent()
                    && fits.test(number.get().compareTo(limit.get()));
        };
    }

    static BiPredicate<String, String> date(IntPredicate fits) {
        return (expected, asked) -> {
            Optional<Instant> limit = toInstant(plain(expected));
            Optional<Instant> instant = toInstant(asked);
            return limit.isPresent() && instant.isPresent()
                    && fits.test(instant.get().compareTo(limit.get()));
        };
    }

    /** Each part is matched by itself: a star never goes past a colon but in the last. */
    static boolean sameArn(String expected, String asked) {
        String[] patterns = expected.split(":", ARN_PARTS);
        String[] parts = asked.split(":", ARN_PARTS);
        if (patterns.length != ARN_PARTS || parts.length != ARN_PARTS) {
            return false;
        }
        for (int i = 0; i < ARN_PARTS; i++) {
            if (!Wildcards.matchesMarked(patterns[i], parts[i], false)) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String marked) {
        return marked.replace(Wildcards.MANY, '*').replace(Wildcards.ONE, '?');
    }

    private static Optional<BigDecimal> toNumber(String text) {
        if (text.isEmpty() || text.length() > MAX_NUMBER
                || !text.chars().allMatch(c -> "+-.0123456789".indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** ISO 8601, or seconds since the epoch. */
    private static Optional<Instant> toInstant(String text) {
        try {
            if (!text.isEmpty() && text.length() <= MAX_SECONDS_DIGITS
                    && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            return Optional.of(text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}

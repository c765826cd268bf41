package io.quorate.dynamodb.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The youngest stream of a table.
 *
 * @param createdAtMillis milliseconds since the epoch; what its label says, and what tells it from the
 *        table's other streams
 * @param view what its records carry
 * @param disabledAtMillis when it was switched off, 0 as long as it is on
 */
public record TableStream(long createdAtMillis, StreamView view, long disabledAtMillis) {
    private static final DateTimeFormatter LABEL = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    /** A stream that is on. */
    public static TableStream enabled(long createdAtMillis, StreamView view) {
        return new TableStream(createdAtMillis, view, 0);
    }

    /** Whether changes are recorded. */
    public boolean isEnabled() {
        return disabledAtMillis == 0;
    }

    /** The same, switched off. */
    public TableStream disabled(long atMillis) {
        return isEnabled() ? new TableStream(createdAtMillis, view, Math.max(1, atMillis)) : this;
    }

    /** The stream's label. */
    public String label() {
        return LABEL.format(Instant.ofEpochMilli(createdAtMillis).atOffset(ZoneOffset.UTC));
    }

    /** When the stream of a label was created; empty if it is no label. */
    public static Optional<Long> createdAt(String label) {
        try {
            return Optional.of(
                    LocalDateTime.parse(label, LABEL).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeParseException noLabel) {
            return Optional.empty();
        }
    }
}

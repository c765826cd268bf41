package io.quorate.s3.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the signer of a form lets its sender upload. Source: S3 API reference, "Creating a POST policy".
 *
 * @param expiration until when
 * @param conditions on the form's fields
 * @param range of the file's length
 */
record FormPolicy(Instant expiration, List<Condition> conditions, Optional<Range> range) {
    private static final int MAX_CONDITIONS = 200;
    /** Fields that no condition need name. */
    private static final Set<String> UNCONDITIONED = Set.of("file", "policy", "x-amz-signature",
            "submit");
    private static final String IGNORED = "x-ignore-";

    FormPolicy {
        conditions = List.copyOf(conditions);
    }

    /** A field equals a text or begins with it. */
    record Condition(boolean prefix, String field, String value) {
        boolean holds(String actual) {
            if (!prefix) {
                return actual.equals(value);
            }
            if (!field.equals("content-type")) {
                return actual.startsWith(value);
            }
            for (String one : actual.split(",", -1)) {
                if (!one.strip().startsWith(value)) {
                    return false;
                }
            }
            return true;
        }

        String text() {
            return "[\"" + (prefix ? "starts-with" : "eq") + "\", \"$" + field + "\", \"" + value
                    + "\"]";
        }
    }

    /** Lengths in bytes, both included. */
    record Range(long least, long most) {
        void check(long length) {
            if (length > most) {
                throw new S3Exception(S3Error.ENTITY_TOO_LARGE)
                        .with("ProposedSize", Long.toString(length))
                        .with("MaxSizeAllowed", Long.toString(most));
            }
            if (length < least) {
                throw new S3Exception(S3Error.BELOW_MINIMUM)
                        .with("ProposedSize", Long.toString(length))
                        .with("MinSizeAllowed", Long.toString(least));
            }
        }
    }

    /**
     * Reads a policy.
     *
     * @param base64 as the form has it
     */
    static FormPolicy parse(String base64) {
        byte[] document;
        try {
            document = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            throw invalid("Invalid Policy: Invalid Base64.");
        }
        try (JsonParser json = AwsJson.parser(document)) {
            return new Reader(json).policy();
        } catch (JacksonException malformed) {
            throw invalid("Invalid Policy: Invalid JSON.");
        }
    }

    private static S3Exception invalid(String text) {
        return new S3Exception(S3Error.INVALID_POLICY_DOCUMENT, text);
    }

    /**
     * Refuses a form that is not as the signer lets it be.
     *
     * @param fields by lower-case name, with the bucket
     */
    void check(Map<String, String> fields, Instant now) {
        if (now.isAfter(expiration)) {
            throw refused("Policy expired.");
        }
        for (Condition condition : conditions) {
            if (!condition.holds(fields.getOrDefault(condition.field(), ""))) {
                throw refused("Policy Condition failed: " + condition.text());
            }
        }
        for (String field : fields.keySet()) {
            boolean named = conditions.stream().anyMatch(one -> one.field().equals(field));
            if (!named && !UNCONDITIONED.contains(field) && !field.startsWith(IGNORED)
                    && !field.equals("bucket")) {
                throw refused("Extra input fields: " + field);
            }
        }
    }

    private static S3Exception refused(String why) {
        return new S3Exception(S3Error.ACCESS_DENIED, "Invalid according to Policy: " + why);
    }

    /** Reads one document; not thread-safe. */
    private static final class Reader {
        private final JsonParser json;
        private final List<Condition> conditions = new ArrayList<>();
        private Optional<Instant> expiration = Optional.empty();
        private Optional<Range> range = Optional.empty();
        private boolean hasConditions;

        Reader(JsonParser json) {
            this.json = json;
        }

        FormPolicy policy() {
            expect(json.nextToken() == JsonToken.START_OBJECT, "Invalid JSON.");
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                switch (field) {
                    case "expiration" -> expiration = Optional.of(instant(text()));
                    case "conditions" -> conditions();
                    default -> throw invalid(
                            "Invalid Policy: Unexpected: '" + field + "'.");
                }
            }
            expect(json.nextToken() == null, "Invalid JSON.");
            expect(expiration.isPresent(), "Policy missing expiration.");
            expect(hasConditions, "Policy missing conditions.");
            return new FormPolicy(expiration.orElseThrow(), conditions, range);
        }

        private void conditions() {
            expect(json.currentToken() == JsonToken.START_ARRAY, "Invalid 'conditions'.");
            hasConditions = true;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    for (String field = json.nextName(); field != null; field = json.nextName()) {
                        json.nextToken();
                        conditions.add(new Condition(false, field.toLowerCase(Locale.ROOT),
                                text()));
                    }
                } else {
                    expect(json.currentToken() == JsonToken.START_ARRAY, "Invalid Condition.");
                    condition();
                }
                expect(conditions.size() <= MAX_CONDITIONS, "Too many conditions.");
            }
        }

        private void condition() {
            List<String> parts = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                parts.add(text());
                expect(parts.size() <= 3, "Invalid Condition.");
            }
            expect(parts.size() == 3, "Invalid Condition: wrong number of arguments.");
            String kind = parts.getFirst().toLowerCase(Locale.ROOT);
            if (kind.equals("content-length-range")) {
                range = Optional.of(new Range(number(parts.get(1)), number(parts.get(2))));
                return;
            }
            expect(kind.equals("eq") || kind.equals("starts-with"),
                    "Invalid Condition: unknown operation '" + kind + "'.");
            expect(parts.get(1).startsWith("$"), "Invalid Condition: field must begin with '$'.");
            conditions.add(new Condition(kind.equals("starts-with"),
                    parts.get(1).substring(1).toLowerCase(Locale.ROOT), parts.get(2)));
        }

        private String text() {
            expect(json.currentToken().isScalarValue(), "Invalid Condition.");
            return json.getString();
        }

        private static long number(String text) {
            expect(text.matches("\\d{1,18}"), "Invalid Condition: a length must be a number.");
            return Long.parseLong(text);
        }

        private static Instant instant(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException noDate) {
                throw invalid("Invalid Policy: Invalid 'expiration' value: '" + text + "'");
            }
        }

        private static void expect(boolean holds, String otherwise) {
            if (!holds) {
                throw invalid("Invalid Policy: " + otherwise);
            }
        }
    }
}

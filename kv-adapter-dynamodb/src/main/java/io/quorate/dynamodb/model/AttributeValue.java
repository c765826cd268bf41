package io.quorate.dynamodb.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/**
 * A value taken apart, as expressions work on it. Texts, numbers and byte strings are kept in the
 * form in which they are stored and sorted, so equality of values is equality of records.
 */
public sealed interface AttributeValue {
    /** Its type. */
    AttributeType type();

    /**
     * A text, number or byte string.
     *
     * @param type S, N or B
     * @param encoded UTF-8, {@link Decimal#encoded} or the bytes
     */
    record Scalar(AttributeType type, Bytes encoded) implements AttributeValue {
        /** The number it is; only for N. */
        public Decimal number() {
            return Decimal.decode(encoded.shared(), 0, encoded.length());
        }
    }

    /** True or false. */
    record Bool(boolean value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.BOOL;
        }
    }

    /** The null of DynamoDB. */
    record Nothing() implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.NULL;
        }
    }

    /**
     * A set.
     *
     * @param type SS, NS or BS
     * @param members their encoded forms, sorted and without duplicates
     */
    record Members(AttributeType type, List<Bytes> members) implements AttributeValue {
        public Members {
            members = List.copyOf(members);
        }

        /** A set of members in any order. */
        public static Members sorted(AttributeType type, NavigableSet<Bytes> members) {
            return new Members(type, List.copyOf(members));
        }
    }

    /** A list. */
    record Elements(List<AttributeValue> elements) implements AttributeValue {
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public AttributeType type() {
            return AttributeType.L;
        }
    }

    /** A map, in the order of its entries. */
    record Entries(Map<String, AttributeValue> entries) implements AttributeValue {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public AttributeType type() {
            return AttributeType.M;
        }
    }

    /** A text. */
    static AttributeValue text(String text) {
        return new Scalar(AttributeType.S, Bytes.utf8(text));
    }

    /** A number. */
    static AttributeValue number(Decimal number) {
        return new Scalar(AttributeType.N, Bytes.of(number.encoded()));
    }
}

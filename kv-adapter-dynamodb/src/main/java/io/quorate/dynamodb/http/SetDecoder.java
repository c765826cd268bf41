package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.dynamodb.model.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads sets: each member once, at least one, stored in the order of their encoded bytes. */
final class SetDecoder {
    private static final String INVALID = "One or more parameter values were invalid: ";
    /** Most members that an answer quotes. */
    private static final int MAX_QUOTED = 32;

    private final JsonInput in;
    private final AttributeValueDecoder values;

    SetDecoder(JsonInput in, AttributeValueDecoder values) {
        this.in = in;
        this.values = values;
    }

    /** Reads a member that is a set of the type; false if it is null. */
    boolean read(AttributeType type, ItemWriter out) {
        if (!in.beginArray()) {
            return false;
        }
        List<byte[]> members = new ArrayList<>();
        long size = 0;
        for (JsonToken token = in.next(); token != JsonToken.END_ARRAY; token = in.next()) {
            byte[] member = member(type, token);
            if (member == null) {
                values.refuse(INVALID + "A set may not have a null as a member");
            } else {
                members.add(member);
                size += sizeOf(type, member);
            }
        }
        if (members.isEmpty()) {
            values.refuse(INVALID + emptyText(type));
        }
        out.set(type, distinct(type, members), size);
        return true;
    }

    private byte @Nullable [] member(AttributeType type, @Nullable JsonToken token) {
        if (type == AttributeType.BS) {
            return values.moveToBytes(token);
        }
        if (!in.moveToText()) {
            return null;
        }
        if (type == AttributeType.NS) {
            return values.currentNumber().encoded();
        }
        AttributeValueDecoder.checkText(
                Utf8.length(in.chars(), in.charsOffset(), in.charsLength()));
        return new String(in.chars(), in.charsOffset(), in.charsLength())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int sizeOf(AttributeType type, byte[] member) {
        return type == AttributeType.NS
                ? Decimal.decode(member, 0, member.length).sizeBytes()
                : member.length;
    }

    private List<byte[]> distinct(AttributeType type, List<byte[]> members) {
        TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
        for (int i = 0; i < members.size(); i++) {
            if (!sorted.add(members.get(i))) {
                values.refuse(INVALID + duplicateText(type,
                        Stream.concat(sorted.stream(), members.stream().skip(i))));
                break;
            }
        }
        return List.copyOf(sorted);
    }

    private static String emptyText(AttributeType type) {
        return switch (type) {
            case SS -> "An string set  may not be empty";
            case NS -> "An number set  may not be empty";
            case BS -> "Binary sets should not be empty";
            case S, N, B, BOOL, NULL, L, M -> throw new IllegalArgumentException(type.name());
        };
    }

    private static String duplicateText(AttributeType type, Stream<byte[]> members) {
        return switch (type) {
            case SS -> "Input collection [" + members.limit(MAX_QUOTED)
                    .map(utf8 -> '"' + new String(utf8, StandardCharsets.UTF_8) + '"')
                    .collect(Collectors.joining(", ")) + "] contains duplicates.";
            case NS -> "Input collection contains duplicates.";
            case BS -> "Input collection [" + members.limit(MAX_QUOTED)
                    .map(bytes -> '"' + Base64.getEncoder().encodeToString(bytes) + '"')
                    .collect(Collectors.joining(",")) + "]of type BS contains duplicates.";
            case S, N, B, BOOL, NULL, L, M -> throw new IllegalArgumentException(type.name());
        };
    }
}

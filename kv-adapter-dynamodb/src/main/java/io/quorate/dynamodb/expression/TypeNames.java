package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.Decimal;
import java.util.Base64;
import java.util.stream.Collectors;

/** How messages name types and quote values. Pure functions. */
final class TypeNames {
    private TypeNames() {}

    /** The long name, which messages about ADD and DELETE use. */
    static String longName(AttributeType type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case BOOL -> "BOOLEAN";
            case NULL -> "NULL";
            case SS -> "STRING_SET";
            case NS -> "NUMBER_SET";
            case BS -> "BINARY_SET";
            case L -> "LIST";
            case M -> "MAP";
        };
    }

    /** A value as messages quote it. */
    static String quoted(AttributeValue value) {
        return "AttributeValue: " + braces(value);
    }

    private static String braces(AttributeValue value) {
        String content = switch (value) {
            case AttributeValue.Scalar scalar -> scalar(scalar.type(), scalar.encoded());
            case AttributeValue.Bool bool -> String.valueOf(bool.value());
            case AttributeValue.Nothing nothing -> "true";
            case AttributeValue.Members set -> set.members().stream()
                    .map(member -> scalar(memberType(set.type()), member))
                    .collect(Collectors.joining(", ", "[", "]"));
            case AttributeValue.Elements list -> list.elements().stream().map(TypeNames::braces)
                    .collect(Collectors.joining(", ", "[", "]"));
            case AttributeValue.Entries map -> map.entries().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + braces(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        };
        return "{" + value.type() + ":" + content + "}";
    }

    private static AttributeType memberType(AttributeType set) {
        return switch (set) {
            case SS -> AttributeType.S;
            case NS -> AttributeType.N;
            case BS, S, N, B, BOOL, NULL, L, M -> AttributeType.B;
        };
    }

    private static String scalar(AttributeType type, Bytes encoded) {
        return switch (type) {
            case S -> encoded.toText();
            case N -> Decimal.decode(encoded.shared(), 0, encoded.length()).toString();
            case B, BOOL, NULL, SS, NS, BS, L, M ->
                Base64.getEncoder().encodeToString(encoded.shared());
        };
    }
}

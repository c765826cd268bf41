package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What conditions ask of values. Pure functions. */
public final class Values {
    private Values() {}

    /** The type of a name, as attribute_type takes it. */
    static Optional<AttributeType> typeNamed(String name) {
        for (AttributeType type : AttributeType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether a comparison holds; a missing value is unequal to all and in no order to any. */
    public static boolean compare(Condition.Comparator comparator, @Nullable AttributeValue left,
            @Nullable AttributeValue right) {
        if (!comparator.isOrder()) {
            boolean equal = left != null && left.equals(right);
            return equal == (comparator == Condition.Comparator.EQ);
        }
        return left instanceof AttributeValue.Scalar one
                && right instanceof AttributeValue.Scalar two && one.type() == two.type()
                && comparator.accepts(one.encoded().compareTo(two.encoded()));
    }

    /** Whether a text or byte string begins with another of its type. */
    public static boolean beginsWith(@Nullable AttributeValue value,
            @Nullable AttributeValue prefix) {
        return value instanceof AttributeValue.Scalar text
                && prefix instanceof AttributeValue.Scalar start && text.type() == start.type()
                && text.type() != AttributeType.N && text.encoded().startsWith(start.encoded());
    }

    /** Whether a text or byte string contains a part, a set a member, a list an element. */
    public static boolean contains(@Nullable AttributeValue value, @Nullable AttributeValue part) {
        return switch (value) {
            case AttributeValue.Scalar text -> part instanceof AttributeValue.Scalar piece
                    && piece.type() == text.type() && text.type() != AttributeType.N
                    && text.encoded().contains(piece.encoded());
            case AttributeValue.Members set -> part instanceof AttributeValue.Scalar member
                    && isMemberType(set.type(), member.type())
                    && set.members().contains(member.encoded());
            case AttributeValue.Elements list -> part != null && list.elements().contains(part);
            case AttributeValue.Entries map -> false;
            case AttributeValue.Bool bool -> false;
            case AttributeValue.Nothing nothing -> false;
            case null -> false;
        };
    }

    private static boolean isMemberType(AttributeType set, AttributeType member) {
        return switch (set) {
            case SS -> member == AttributeType.S;
            case NS -> member == AttributeType.N;
            case BS -> member == AttributeType.B;
            case S, N, B, BOOL, NULL, L, M -> false;
        };
    }

    /** What the function size answers; empty for what has no size. */
    static OptionalInt size(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.Scalar scalar -> scalarSize(scalar.type(), scalar.encoded());
            case AttributeValue.Members set -> OptionalInt.of(set.members().size());
            case AttributeValue.Elements list -> OptionalInt.of(list.elements().size());
            case AttributeValue.Entries map -> OptionalInt.of(map.entries().size());
            case AttributeValue.Bool bool -> OptionalInt.empty();
            case AttributeValue.Nothing nothing -> OptionalInt.empty();
            case null -> OptionalInt.empty();
        };
    }

    private static OptionalInt scalarSize(AttributeType type, Bytes encoded) {
        return switch (type) {
            case S -> OptionalInt.of(encoded.toText().length());
            case B -> OptionalInt.of(encoded.length());
            case N, BOOL, NULL, SS, NS, BS, L, M -> OptionalInt.empty();
        };
    }
}

package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.DecimalException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.dynamodb.model.Utf8;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads attributes from JSON straight into an {@link ItemWriter}. A member of the wrong JSON type
 * ends the request at once. A value DynamoDB does not accept is remembered, the first one only,
 * because other checks of the request come before it; what was written is of no use then.
 */
final class AttributeValueDecoder {
    static final String TOO_DEEP = "Nesting Levels have exceeded supported limits: Attributes in the"
            + " item have nested levels beyond supported limit";
    private static final String VALUE_TYPE = "class com.amazonaws.dynamodb.v20120810.AttributeValue";
    private static final String MAP_TYPE = "java.util.Map<java.lang.String,"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue>";
    private static final String EMPTY_VALUE = "Supplied AttributeValue is empty, must contain exactly"
            + " one of the supported datatypes";
    private static final String SEVERAL_TYPES = "Supplied AttributeValue has more than one datatypes"
            + " set, must contain exactly one of the supported datatypes";
    private static final String INVALID = "One or more parameter values were invalid: ";
    /** Most of a bad literal that an answer quotes, in chars. */
    private static final int MAX_QUOTED = 1024;

    private final JsonInput in;
    private final ItemWriter out;
    private final SetDecoder sets;
    private @Nullable String problem;
    private String attribute = "";
    private String problemAttribute = "";

    AttributeValueDecoder(JsonInput in, ItemWriter out) {
        this.in = in;
        this.out = out;
        this.sets = new SetDecoder(in, this);
    }

    /** What is wrong with the values, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Remembers what is wrong with a value. */
    void refuse(String text) {
        if (problem == null) {
            problem = text;
            problemAttribute = attribute;
        }
    }

    /** The attribute whose value {@link #problem} is about. */
    String problemAttribute() {
        return problemAttribute;
    }

    /** Reads a member that is one value, as an attribute of that name. */
    void single(String name) {
        attribute = name;
        out.attribute(name);
        in.next();
        value(1);
    }

    /** Reads the value just moved to, as an attribute of that name. */
    void current(String name) {
        attribute = name;
        out.attribute(name);
        value(1);
    }

    /** Reads a member that is a map of attributes; false if it is null. */
    boolean attributes() {
        return in.beginObject(MAP_TYPE) && rest();
    }

    /** Reads the element just moved to, a map of attributes; false if it is null. */
    boolean element() {
        return in.beginElement(MAP_TYPE) && rest();
    }

    private boolean rest() {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            attribute = name;
            checkName(name);
            out.attribute(name);
            in.next();
            value(1);
        }
        return true;
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            refuse("Empty attribute name");
        } else if (name.length() > Item.MAX_NAME_BYTES / 3 && tooLong(name)) {
            refuse(INVALID + "Attribute name is too large, must be less than 65536 bytes");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                checkText(Utf8.length(name.toCharArray(), 0, name.length()));
                return;
            }
        }
    }

    private static boolean tooLong(String name) {
        return Utf8.length(name.toCharArray(), 0, name.length()) > Item.MAX_NAME_BYTES;
    }

    /** Reads the value just moved to. */
    private void value(int depth) {
        if (depth > Item.MAX_DEPTH) {
            refuse(TOO_DEEP);
            if (!in.skipCurrent()) {
                throw DynamoDbException.validation(TOO_DEEP);
            }
            return;
        }
        if (!in.beginElement(VALUE_TYPE)) {
            refuse(EMPTY_VALUE);
            return;
        }
        int types = 0;
        for (String type = in.nextName(); type != null; type = in.nextName()) {
            types += typed(type, depth) ? 1 : 0;
        }
        if (types != 1) {
            refuse(types == 0 ? EMPTY_VALUE : SEVERAL_TYPES);
        }
    }

    /** Reads one member of a value; false if it is null, or no type DynamoDB knows. */
    private boolean typed(String type, int depth) {
        return switch (type) {
            case "S" -> string();
            case "N" -> number();
            case "B" -> binary();
            case "BOOL" -> bool();
            case "NULL" -> nothing();
            case "SS" -> sets.read(AttributeType.SS, out);
            case "NS" -> sets.read(AttributeType.NS, out);
            case "BS" -> sets.read(AttributeType.BS, out);
            case "L" -> list(depth);
            case "M" -> map(depth);
            default -> {
                in.skip();
                yield false;
            }
        };
    }

    private boolean string() {
        in.next();
        if (!in.moveToText()) {
            return false;
        }
        char[] chars = in.chars();
        int offset = in.charsOffset();
        int length = in.charsLength();
        out.string(chars, offset, length, checkText(Utf8.length(chars, offset, length)));
        return true;
    }

    /** Passes on a length in UTF-8. */
    static int checkText(int utf8Length) {
        if (utf8Length == Utf8.MALFORMED) {
            throw DynamoDbException.serialization("A text is not valid Unicode");
        }
        return utf8Length;
    }

    private boolean number() {
        in.next();
        if (!in.moveToText()) {
            return false;
        }
        out.number(currentNumber());
        return true;
    }

    /** The number in the current text; zero where it is none, which is remembered. */
    Decimal currentNumber() {
        char[] chars = in.chars();
        int offset = in.charsOffset();
        int length = in.charsLength();
        try {
            return Decimal.parse(chars, offset, length);
        } catch (DecimalException failure) {
            refuse(DynamoDbException.numberText(failure.problem(),
                    new String(chars, offset, Math.min(length, MAX_QUOTED))));
            return Decimal.ZERO;
        }
    }

    private boolean binary() {
        byte[] value = moveToBytes(in.next());
        if (value == null) {
            return false;
        }
        out.binary(value);
        return true;
    }

    /** The bytes of the current text, or null. */
    byte @Nullable [] moveToBytes(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING ->
                Base64Text.decode(in.chars(), in.charsOffset(), in.charsLength());
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                throw DynamoDbException.serialization(
                        "only base-64-encoded strings are convertible to bytes");
            case START_ARRAY -> throw DynamoDbException.serialization(
                    "Unrecognized collection type class java.nio.ByteBuffer");
            case null, default -> throw DynamoDbException.serialization(
                    "Start of structure or map found where not expected");
        };
    }

    private boolean bool() {
        Boolean value = in.bool();
        if (value != null) {
            out.bool(value);
        }
        return value != null;
    }

    private boolean nothing() {
        Boolean value = in.bool();
        if (value != null && !value) {
            refuse(INVALID + "Null attribute value types must have the value of true");
        }
        out.nothing();
        return value != null;
    }

    private boolean list(int depth) {
        if (!in.beginArray()) {
            return false;
        }
        int mark = out.begin(AttributeType.L);
        while (in.next() != JsonToken.END_ARRAY) {
            out.element();
            value(depth + 1);
        }
        out.end(mark);
        return true;
    }

    private boolean map(int depth) {
        if (!in.beginObject(MAP_TYPE)) {
            return false;
        }
        int mark = out.begin(AttributeType.M);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            checkName(name);
            out.entry(name);
            in.next();
            value(depth + 1);
        }
        out.end(mark);
        return true;
    }
}

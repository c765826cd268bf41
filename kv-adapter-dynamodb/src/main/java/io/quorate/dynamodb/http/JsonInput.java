package io.quorate.dynamodb.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.dynamodb.error.DynamoDbException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Reads a request's JSON forward, member by member, and refuses what has not the type the action
 * takes, with the SerializationException DynamoDB has for it. A JSON null is an absent member.
 *
 * <p>One use each; close it. Jackson's own exceptions pass through.
 */
final class JsonInput implements AutoCloseable {
    private static final String UNEXPECTED_MAP = "Start of structure or map found where not expected";

    private final JsonParser parser;
    private @Nullable JsonToken token;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /** Begins to read a request, which is one object. */
    static JsonInput of(byte[] body) {
        JsonInput in = new JsonInput(AwsJson.parser(body));
        if (in.next() != JsonToken.START_OBJECT) {
            throw DynamoDbException.serialization("The request is not a JSON object");
        }
        return in;
    }

    /** The next member's name, or null at the end of the object. */
    @Nullable
    String nextName() {
        return parser.nextName();
    }

    /** Makes sure that nothing follows the request. */
    void end() {
        if (parser.nextToken() != null) {
            throw DynamoDbException.serialization("Something follows the request");
        }
    }

    /** Moves to the next value or the end of an array. */
    @Nullable
    JsonToken next() {
        token = parser.nextToken();
        return token;
    }

    /** Passes over a member's value and says whether it was more than null. */
    boolean skip() {
        boolean present = next() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return present;
    }

    /** Passes over the value just moved to; false if it is nested too deeply to be read at all. */
    boolean skipCurrent() {
        try {
            parser.skipChildren();
            return true;
        } catch (StreamConstraintsException tooDeep) {
            return false;
        }
    }

    /** A member's text, or null. */
    @Nullable
    String string() {
        next();
        return moveToText() ? parser.getString() : null;
    }

    /** Checks that the value just moved to is a text; false if it is null. */
    boolean moveToText() {
        if (token == JsonToken.VALUE_STRING) {
            return true;
        }
        return refuseScalar("String", "java.lang.String");
    }

    /** The chars of the current text. */
    char[] chars() {
        return parser.getStringCharacters();
    }

    int charsOffset() {
        return parser.getStringOffset();
    }

    int charsLength() {
        return parser.getStringLength();
    }

    /** A member's boolean, or null. */
    @Nullable
    Boolean bool() {
        return switch (next()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_STRING -> throw DynamoDbException
                    .serialization("Unexpected token received from parser");
            case null, default -> {
                refuseScalar("Boolean", "java.lang.Boolean");
                yield null;
            }
        };
    }

    /** A member's whole number, or null; fractions are cut off as DynamoDB does. */
    @Nullable
    Long wholeNumber() {
        return switch (next()) {
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
            case null, default -> {
                refuseScalar("Long", "java.lang.Long");
                yield null;
            }
        };
    }

    /** Begins a member's array; false if it is null. Elements are read with {@link #next}. */
    boolean beginArray() {
        return switch (next()) {
            case START_ARRAY -> true;
            case VALUE_NULL -> false;
            case START_OBJECT -> throw DynamoDbException.serialization(UNEXPECTED_MAP);
            case null, default -> throw DynamoDbException.serialization("Unexpected field type");
        };
    }

    /**
     * Begins a member's object; false if it is null.
     *
     * @param javaType what DynamoDB calls the type that an array is no instance of
     */
    boolean beginObject(String javaType) {
        next();
        return moveIntoObject(javaType, "Unexpected field type");
    }

    /** Begins the object just moved to, an element of an array; false if it is null. */
    boolean beginElement(String javaType) {
        return moveIntoObject(javaType, "Unexpected value type in payload");
    }

    private boolean moveIntoObject(String javaType, String scalarText) {
        return switch (token) {
            case START_OBJECT -> true;
            case VALUE_NULL -> false;
            case START_ARRAY -> throw DynamoDbException
                    .serialization("Unrecognized collection type " + javaType);
            case null, default -> throw DynamoDbException.serialization(scalarText);
        };
    }

    private boolean refuseScalar(String type, String javaType) {
        String actual = switch (token) {
            case VALUE_NULL -> "";
            case VALUE_TRUE -> "TRUE_VALUE";
            case VALUE_FALSE -> "FALSE_VALUE";
            case VALUE_NUMBER_INT -> "NUMBER_VALUE";
            case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
            case VALUE_STRING -> "STRING_VALUE";
            case START_ARRAY -> throw DynamoDbException
                    .serialization("Unrecognized collection type class " + javaType);
            case null, default -> throw DynamoDbException.serialization(UNEXPECTED_MAP);
        };
        if (actual.isEmpty()) {
            return false;
        }
        throw DynamoDbException.serialization(actual + " cannot be converted to " + type);
    }

    @Override
    public void close() {
        parser.close();
    }
}

package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;

/** Writes items from their stored form straight as JSON. One for one answer; not thread-safe. */
final class AttributeValueEncoder {
    private final JsonGenerator json;
    private final char[] plain = new char[Decimal.MAX_PLAIN_LENGTH];

    AttributeValueEncoder(JsonGenerator json) {
        this.json = json;
    }

    /** Writes an object of the item's attributes. */
    void item(Item item) {
        attributes(item.reader());
    }

    private void attributes(ItemReader reader) {
        json.writeStartObject();
        while (!reader.atEnd()) {
            int length = reader.length();
            json.writeName(new String(reader.shared(), reader.position(), length,
                    StandardCharsets.UTF_8));
            reader.skip(length);
            value(reader);
        }
        json.writeEndObject();
    }

    private void value(ItemReader reader) {
        AttributeType type = reader.type();
        json.writeStartObject();
        json.writeName(type.name());
        switch (type) {
            case S -> text(reader);
            case N -> number(reader);
            case B -> binary(reader);
            case BOOL -> json.writeBoolean(reader.bool());
            case NULL -> json.writeBoolean(true);
            case SS, NS, BS -> set(type, reader.elements());
            case L -> list(reader.elements());
            case M -> attributes(reader.elements());
        }
        json.writeEndObject();
    }

    private void list(ItemReader elements) {
        json.writeStartArray();
        while (!elements.atEnd()) {
            value(elements);
        }
        json.writeEndArray();
    }

    private void set(AttributeType type, ItemReader members) {
        json.writeStartArray();
        while (!members.atEnd()) {
            switch (type) {
                case SS -> text(members);
                case NS -> number(members);
                case BS -> binary(members);
                case S, N, B, BOOL, NULL, L, M -> throw new IllegalArgumentException(type.name());
            }
        }
        json.writeEndArray();
    }

    private void text(ItemReader reader) {
        int length = reader.length();
        json.writeUTF8String(reader.shared(), reader.position(), length);
        reader.skip(length);
    }

    private void number(ItemReader reader) {
        int length = reader.length();
        Decimal number = Decimal.decode(reader.shared(), reader.position(), length);
        json.writeString(plain, 0, number.toPlain(plain));
        reader.skip(length);
    }

    private void binary(ItemReader reader) {
        int length = reader.length();
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, reader.shared(), reader.position(),
                length);
        reader.skip(length);
    }
}

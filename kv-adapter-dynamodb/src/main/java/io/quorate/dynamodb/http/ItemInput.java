package io.quorate.dynamodb.http;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemWriter;
import org.jspecify.annotations.Nullable;

/**
 * A member that is a map of attributes: an item or a key.
 *
 * @param item what was read
 * @param problem what is wrong with its values, or null
 */
record ItemInput(Item item, @Nullable String problem) {
    /** Reads the member; null if it is null. */
    static @Nullable ItemInput read(JsonInput in, int bodyLength) {
        ItemWriter writer = new ItemWriter(bodyLength);
        AttributeValueDecoder values = new AttributeValueDecoder(in, writer);
        return values.attributes() ? new ItemInput(writer.toItem(), values.problem()) : null;
    }

    /** Reads the element of an array just moved to; null if it is null. */
    static @Nullable ItemInput readElement(JsonInput in, int bodyLength) {
        ItemWriter writer = new ItemWriter(Math.min(bodyLength, 512));
        AttributeValueDecoder values = new AttributeValueDecoder(in, writer);
        return values.element() ? new ItemInput(writer.toItem(), values.problem()) : null;
    }
}

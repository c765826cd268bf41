package io.quorate.sqs.model;

import java.nio.charset.StandardCharsets;

/**
 * A user attribute of a message.
 *
 * @param name its name
 * @param dataType {@code String}, {@code Number} or {@code Binary}, with an optional label after a
 *        dot
 * @param binary whether the value is one of bytes
 * @param value the bytes, or the text in UTF-8; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 1 MiB twice a message is waste
public record MessageAttribute(String name, String dataType, boolean binary, byte[] value) {
    /** An attribute of text. */
    public static MessageAttribute text(String name, String dataType, String value) {
        return new MessageAttribute(name, dataType, false, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value as text. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** What it adds to a message's size: name, type and value. */
    public int sizeBytes() {
        return name.getBytes(StandardCharsets.UTF_8).length
                + dataType.getBytes(StandardCharsets.UTF_8).length + value.length;
    }
}

package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import java.util.Arrays;

/**
 * Decodes base64 as strictly as DynamoDB: padded, without line breaks, with no bits set beyond the
 * last byte; what it refuses is a SerializationException. Pure functions.
 */
final class Base64Text {
    private static final byte[] VALUES = values();
    private static final String BAD_END = "Invalid last non-pad Base64 character dectected";

    private Base64Text() {}

    static byte[] decode(char[] text, int offset, int length) {
        if (length % 4 != 0) {
            throw DynamoDbException.serialization("Base64 encoded length is expected a multiple of"
                    + " 4 bytes but found: " + length);
        }
        int end = offset + length;
        int pads = 0;
        while (pads < 2 && pads < length && text[end - 1 - pads] == '=') {
            pads++;
        }
        byte[] out = new byte[length / 4 * 3 - pads];
        int bits = 0;
        int at = 0;
        for (int i = 0; i < length - pads; i++) {
            bits = bits << 6 | value(text[offset + i]);
            if (i % 4 == 3) {
                out[at++] = (byte) (bits >> 16);
                out[at++] = (byte) (bits >> 8);
                out[at++] = (byte) bits;
                bits = 0;
            }
        }
        return last(out, at, bits, pads);
    }

    private static byte[] last(byte[] out, int at, int bits, int pads) {
        int unused = pads == 0 ? 0 : 2 * pads;
        if ((bits & (1 << unused) - 1) != 0) {
            throw DynamoDbException.serialization(BAD_END);
        }
        if (pads == 1) {
            out[at] = (byte) (bits >> 10);
            out[at + 1] = (byte) (bits >> 2);
        } else if (pads == 2) {
            out[at] = (byte) (bits >> 4);
        }
        return out;
    }

    private static int value(char c) {
        int value = c < VALUES.length ? VALUES[c] : -1;
        if (value < 0) {
            throw DynamoDbException.serialization(
                    c == '=' ? BAD_END : "Invalid Base64 character: '" + c + "'");
        }
        return value;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}

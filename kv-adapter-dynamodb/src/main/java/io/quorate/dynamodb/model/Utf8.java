package io.quorate.dynamodb.model;

/** UTF-8 without intermediate objects. Pure functions. */
public final class Utf8 {
    /** Returned for text that is no valid UTF-16: it has no UTF-8 form. */
    public static final int MALFORMED = -1;

    private Utf8() {}

    /** Bytes of the text in UTF-8, or {@link #MALFORMED}. */
    public static int length(char[] text, int offset, int count) {
        int bytes = count;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                continue;
            }
            bytes += c < 0x800 ? 1 : 2;
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == end
                        || !Character.isLowSurrogate(text[i + 1])) {
                    return MALFORMED;
                }
                // Two chars become four bytes: the pair was counted as two and two more.
                i++;
            }
        }
        return bytes;
    }

    /** Writes well-formed text and returns the position after it. */
    static int encode(char[] text, int offset, int count, byte[] out, int at) {
        int next = at;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                out[next++] = (byte) c;
            } else if (c < 0x800) {
                out[next++] = (byte) (0xC0 | c >> 6);
                out[next++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                next = encodePair(Character.toCodePoint(c, text[++i]), out, next);
            } else {
                out[next++] = (byte) (0xE0 | c >> 12);
                out[next++] = (byte) (0x80 | (c >> 6 & 0x3F));
                out[next++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return next;
    }

    private static int encodePair(int codePoint, byte[] out, int at) {
        out[at] = (byte) (0xF0 | codePoint >> 18);
        out[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
        out[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        out[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
        return at + 4;
    }
}

package io.quorate.aws.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A growing byte array that is used again and again by one thread. It keeps at most
 * {@link #MAX_KEPT} bytes between uses.
 */
final class Bytes {
    static final int MAX_KEPT = 64 * 1024;

    private byte[] bytes = new byte[2048];
    private int length;

    void clear() {
        length = 0;
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[2048];
        }
    }

    Bytes ascii(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    Bytes newLine() {
        return ascii('\n');
    }

    /** Appends chars that stand for bytes; a text with other chars is appended as UTF-8. */
    Bytes latin1(String text) {
        room(text.length());
        int start = length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff) {
                length = start;
                return utf8(text);
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    /** Appends a header value without leading and trailing spaces, inner runs of them as one. */
    Bytes folded(String value) {
        int end = value.length();
        int from = 0;
        while (from < end && isSpace(value.charAt(from))) {
            from++;
        }
        while (end > from && isSpace(value.charAt(end - 1))) {
            end--;
        }
        for (int i = from + 1; i < end; i++) {
            if (isSpace(value.charAt(i)) && (isSpace(value.charAt(i - 1))
                    || value.charAt(i) != ' ')) {
                return latin1(collapse(value.substring(from, end)));
            }
        }
        return latin1(from == 0 && end == value.length() ? value : value.substring(from, end));
    }

    Bytes hex(byte[] raw) {
        room(raw.length * 2);
        Hex.write(raw, bytes, length);
        length += raw.length * 2;
        return this;
    }

    void updateTo(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    void updateTo(javax.crypto.Mac mac) {
        mac.update(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private Bytes utf8(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    private static String collapse(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isSpace(c)) {
                out.append(c);
            } else if (!isSpace(value.charAt(i - 1))) {
                out.append(' ');
            }
        }
        return out.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}

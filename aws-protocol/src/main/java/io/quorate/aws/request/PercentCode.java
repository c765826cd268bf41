package io.quorate.aws.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as AWS defines it for signatures: everything but {@code A-Z a-z 0-9 - . _ ~} is
 * encoded with upper-case hex. Pure functions.
 */
public final class PercentCode {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private PercentCode() {}

    /** Whether the char is one that AWS never encodes. */
    public static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.' || c == '_' || c == '~';
    }

    /**
     * Decodes UTF-8 percent escapes.
     *
     * @param plusIsSpace whether "+" means a space, as in queries and forms
     * @throws MalformedRequestException for a broken escape or bytes that are not UTF-8
     */
    public static String decode(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
            return utf8IfNeeded(raw);
        }
        byte[] bytes = decodeToBytes(raw, plusIsSpace);
        return utf8(bytes);
    }

    /** Encodes the UTF-8 bytes of the text; "/" is kept if asked. */
    public static String encode(String text, boolean keepSlash) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (keepSlash && c == '/') {
                out.append('/');
            } else {
                appendEncoded(out, c);
            }
        }
        return out.toString();
    }

    /**
     * The canonical form of a query's raw name or value: decoded and encoded again, byte by byte,
     * whatever the bytes mean. Returns the same string if it is canonical already.
     *
     * @throws MalformedRequestException for a broken escape
     */
    public static String canonicalize(String raw) {
        if (isCanonical(raw)) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length() + 16);
        for (byte b : decodeToBytes(raw, true)) {
            appendEncoded(out, b & 0xff);
        }
        return out.toString();
    }

    private static boolean isCanonical(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                boolean upper = i + 2 < raw.length() && isUpperHex(raw.charAt(i + 1))
                        && isUpperHex(raw.charAt(i + 2));
                if (!upper || isUnreserved(escapeAt(raw, i))) {
                    return false;
                }
                i += 2;
            } else if (!isUnreserved(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpperHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private static void appendEncoded(StringBuilder out, int c) {
        if (isUnreserved(c)) {
            out.append((char) c);
        } else {
            out.append('%').append((char) HEX[c >> 4]).append((char) HEX[c & 15]);
        }
    }

    private static byte[] decodeToBytes(String raw, boolean plusIsSpace) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out.write(escapeAt(raw, i));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                out.write(' ');
            } else if (c < 0x100) {
                out.write(c);
            } else {
                throw new MalformedRequestException("a char above 0xFF is not percent-encoded");
            }
        }
        return out.toByteArray();
    }

    private static int escapeAt(String raw, int at) {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = high >= 0 ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (low < 0) {
            throw new MalformedRequestException("a percent escape is incomplete");
        }
        return high << 4 | low;
    }

    private static String utf8IfNeeded(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) > 0x7f) {
                return utf8(decodeToBytes(raw, false));
            }
        }
        return raw;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequestException("percent-encoded bytes are not UTF-8");
        }
    }
}

package io.quorate.aws.sigv4;

import java.nio.charset.StandardCharsets;

/** Lower-case hex by table. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = {};

    private Hex() {}

    static String of(byte[] bytes) {
        byte[] out = new byte[bytes.length * 2];
        write(bytes, out, 0);
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    static void write(byte[] bytes, byte[] out, int at) {
        for (byte b : bytes) {
            out[at++] = DIGITS[b >> 4 & 15];
            out[at++] = DIGITS[b & 15];
        }
    }

    /** The bytes of lower-case hex; an empty array if it is anything else, which equals no digest. */
    static byte[] parse(String hex) {
        if ((hex.length() & 1) != 0) {
            return NONE;
        }
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            int high = digit(hex.charAt(2 * i));
            int low = digit(hex.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return NONE;
            }
            out[i] = (byte) (high << 4 | low);
        }
        return out;
    }

    /** Whether the text is a SHA-256 in lower-case hex. */
    static boolean isSha256(String text) {
        return text.length() == 64 && parse(text).length == 32;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}

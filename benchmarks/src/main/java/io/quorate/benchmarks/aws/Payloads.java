package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Contents that follow from their key, so that every answer can be checked. */
public final class Payloads {
    private Payloads() {}

    /** Letters and digits that differ from key to key. */
    static String of(String key, int bytes) {
        StringBuilder text = new StringBuilder(bytes);
        long state = key.hashCode() * 0x9E3779B97F4A7C15L + 1;
        while (text.length() < bytes) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append(Character.forDigit((int) (state >>> 59), 36));
        }
        return text.toString();
    }

    /** The same as bytes. */
    public static byte[] bytesOf(String key, int bytes) {
        return of(key, bytes).getBytes(US_ASCII);
    }
}

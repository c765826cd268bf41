package io.quorate.benchmarks.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Collects the bytes of one response until it is whole: a body of {@code Content-Length}, a chunked
 * one, or none. Not safe for threads.
 */
final class ReplyReader {
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    /** No response of any workload is longer. */
    private static final int MAX_BYTES = 64 << 20;

    private byte[] bytes = new byte[16 * 1024];
    private int length;
    private int headEnd = -1;
    private String head = "";
    private long bodyLength;
    private boolean chunked;

    /** Takes more bytes; the response once it is whole, and then begins anew. */
    Optional<Reply> take(byte[] more, int count) throws IOException {
        if (length + count > MAX_BYTES) {
            throw new IOException("a response longer than " + MAX_BYTES + " bytes");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(more, 0, bytes, length, count);
        int searchFrom = Math.max(0, length - BLANK_LINE.length + 1);
        length += count;
        if (headEnd < 0 && !readHead(searchFrom)) {
            return Optional.empty();
        }
        Optional<byte[]> body = chunked ? chunkedBody() : plainBody();
        return body.map(this::finish);
    }

    private Reply finish(byte[] body) {
        Reply reply = new Reply(status(), head, body);
        length = 0;
        headEnd = -1;
        return reply;
    }

    private boolean readHead(int from) throws IOException {
        int end = find(BLANK_LINE, from);
        if (end < 0) {
            return false;
        }
        headEnd = end + BLANK_LINE.length;
        head = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1);
        chunked = header("transfer-encoding").orElse("").equalsIgnoreCase("chunked");
        bodyLength = parseLength(header("content-length").orElse("0"));
        return true;
    }

    private Optional<byte[]> plainBody() throws IOException {
        long surplus = length - headEnd - bodyLength;
        if (surplus > 0) {
            throw new IOException(surplus + " bytes after the response");
        }
        return surplus < 0
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(bytes, headEnd, length));
    }

    private Optional<byte[]> chunkedBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = headEnd;
        while (true) {
            int lineEnd = find(new byte[]{'\r', '\n'}, at);
            if (lineEnd < 0) {
                return Optional.empty();
            }
            int size = (int) parse(text(at, lineEnd).split(";", 2)[0].strip(), 16);
            int data = lineEnd + 2;
            if (data + size + 2 > length) {
                return Optional.empty();
            }
            if (size == 0) {
                return Optional.of(body.toByteArray());
            }
            body.write(bytes, data, size);
            at = data + size + 2;
        }
    }

    private int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    private Optional<String> header(String name) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return Optional.empty();
        }
        int from = at + name.length() + 3;
        return Optional.of(head.substring(from, head.indexOf("\r\n", from)).strip());
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static long parseLength(String text) throws IOException {
        return parse(text, 10);
    }

    private static long parse(String text, int radix) throws IOException {
        try {
            long value = Long.parseLong(text, radix);
            if (value >= 0 && value <= MAX_BYTES) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + text, e);
        }
        throw new IOException("length out of range: " + text);
    }

    private int find(byte[] pattern, int from) {
        for (int i = from; i + pattern.length <= length; i++) {
            if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        return -1;
    }
}

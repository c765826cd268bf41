package io.quorate.benchmarks.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A whole HTTP response. The body is shared with its reader until the next request is sent. */
public final class Reply {
    private final int status;
    private final String head;
    private final byte[] body;

    Reply(int status, String head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Whether the status is 200. */
    public boolean isOk() {
        return status == 200;
    }

    /** Whether the head has this header, whatever its value. */
    public boolean hasHeader(String name) {
        return head.toLowerCase(java.util.Locale.ROOT)
                .contains("\r\n" + name.toLowerCase(java.util.Locale.ROOT) + ":");
    }

    /** Whether the body is exactly this. */
    public boolean bodyIs(byte[] expected) {
        return Arrays.equals(body, expected);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + (text.length() > 300 ? text.substring(0, 300) + "..." : text);
    }
}

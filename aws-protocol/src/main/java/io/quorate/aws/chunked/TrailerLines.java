package io.quorate.aws.chunked;

import io.quorate.aws.request.AwsHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The trailing headers of one body as they come. */
final class TrailerLines {
    private static final String SIGNATURE = "x-amz-trailer-signature";

    /** By lower-case name, sorted as the canonical form wants them. */
    private final Map<String, String> values = new TreeMap<>();
    private @Nullable String signature;
    private int size;

    void add(String line) {
        size += line.length();
        int colon = line.indexOf(':');
        if (colon <= 0 || size > AwsChunkedDecoder.MAX_TRAILER_BYTES
                || values.size() == AwsChunkedDecoder.MAX_TRAILERS) {
            throw AwsChunkedDecoder.malformed("trailing headers are too many or cannot be read");
        }
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).trim();
        if (name.equals(SIGNATURE)) {
            signature = value;
        } else if (signature != null || values.putIfAbsent(name, value) != null) {
            throw AwsChunkedDecoder
                    .malformed("a trailing header comes twice or after the signature");
        }
    }

    @Nullable
    String signature() {
        return signature;
    }

    /** What the trailer's signature covers. */
    byte[] canonical() {
        StringBuilder out = new StringBuilder();
        values.forEach((name, value) -> out.append(name).append(':').append(value).append('\n'));
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    AwsHeaders headers() {
        Map<String, List<String>> all = new TreeMap<>();
        values.forEach((name, value) -> all.put(name, List.of(value)));
        return AwsHeaders.of(all);
    }
}

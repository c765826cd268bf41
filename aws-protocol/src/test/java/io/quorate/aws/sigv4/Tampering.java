package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Changes requests after they were signed. */
final class Tampering {
    private Tampering() {}

    static AwsRequestHead withHeader(AwsRequestHead head, String name,
            UnaryOperator<String> change) {
        Map<String, List<String>> headers = headers(head);
        headers.computeIfPresent(name, (n, values) -> List.of(change.apply(values.getFirst())));
        return with(head, headers);
    }

    static AwsRequestHead withAdded(AwsRequestHead head, String name, String value) {
        Map<String, List<String>> headers = headers(head);
        List<String> values = new ArrayList<>(headers.getOrDefault(name, List.of()));
        values.add(value);
        headers.put(name, values);
        return with(head, headers);
    }

    static AwsRequestHead without(AwsRequestHead head, String name) {
        Map<String, List<String>> headers = headers(head);
        headers.remove(name);
        return with(head, headers);
    }

    /** Every text that differs from the given one in the lowest bit of one char. */
    static List<String> flips(String text) {
        List<String> flips = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            StringBuilder flipped = new StringBuilder(text);
            flipped.setCharAt(i, (char) (text.charAt(i) ^ 1));
            flips.add(flipped.toString());
        }
        return flips;
    }

    private static Map<String, List<String>> headers(AwsRequestHead head) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.headers().names().forEach(name -> headers.put(name, head.headers().all(name)));
        return headers;
    }

    private static AwsRequestHead with(AwsRequestHead head, Map<String, List<String>> headers) {
        return new AwsRequestHead(head.method(), head.rawPath(), head.rawQuery(),
                AwsHeaders.of(headers));
    }
}

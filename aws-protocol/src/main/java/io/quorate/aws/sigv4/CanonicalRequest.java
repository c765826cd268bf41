package io.quorate.aws.sigv4;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.PercentCode;
import io.quorate.aws.service.AwsService;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Writes canonical requests. Source: IAM user guide, "Create a signed AWS API request", step 1; S3
 * differs in that its path is signed as sent.
 */
final class CanonicalRequest {
    private CanonicalRequest() {}

    static void write(AwsRequestHead head, AwsService service, Claim claim, String payloadHash,
            Bytes out) {
        out.latin1(head.method()).newLine();
        out.latin1(service == AwsService.S3 ? slashes(head.rawPath()) : normalized(head.rawPath()))
                .newLine();
        writeQuery(head.rawQuery(), claim.presigned(), out);
        out.newLine();
        for (String name : claim.signedHeaders()) {
            out.latin1(name).ascii(':');
            writeValues(head.headers().all(name), out);
            out.newLine();
        }
        out.newLine();
        for (int i = 0; i < claim.signedHeaders().size(); i++) {
            if (i > 0) {
                out.ascii(';');
            }
            out.latin1(claim.signedHeaders().get(i));
        }
        out.newLine().latin1(payloadHash);
    }

    private static void writeValues(List<String> values, Bytes out) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            out.folded(values.get(i));
        }
    }

    private static void writeQuery(String raw, boolean presigned, Bytes out) {
        if (raw.isEmpty()) {
            return;
        }
        String[][] parameters = canonicalParameters(raw, presigned);
        for (int i = 0; i < parameters.length; i++) {
            if (i > 0) {
                out.ascii('&');
            }
            out.latin1(parameters[i][0]).ascii('=').latin1(parameters[i][1]);
        }
    }

    private static String[][] canonicalParameters(String raw, boolean presigned) {
        String[] parts = raw.split("&");
        String[][] parameters = new String[parts.length][];
        int count = 0;
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (part.isEmpty() || (presigned && name.equals("X-Amz-Signature"))) {
                continue;
            }
            String value = equals < 0 ? "" : part.substring(equals + 1);
            parameters[count++] = new String[]{PercentCode.canonicalize(name),
                PercentCode.canonicalize(value)};
        }
        String[][] result = Arrays.copyOf(parameters, count);
        Arrays.sort(result, Comparator.<String[], String>comparing(p -> p[0])
                .thenComparing(p -> p[1]));
        return result;
    }

    /** S3 signs keys with plain slashes; HTTP clients may send the second of two as an escape. */
    private static String slashes(String path) {
        return path.contains("%2F") ? path.replace("%2F", "/") : path;
    }

    /** Dot segments and empty segments removed, then each segment encoded once more. */
    static String normalized(String path) {
        if (path.equals("/")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        StringBuilder out = new StringBuilder(path.length() + 16);
        for (Iterator<String> each = segments.iterator(); each.hasNext();) {
            out.append('/').append(PercentCode.encode(each.next(), false));
        }
        if (path.endsWith("/") || out.isEmpty()) {
            out.append('/');
        }
        return out.toString();
    }
}

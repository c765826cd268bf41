package io.quorate.s3.http;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a form upload as its bytes come: the fields before the file, then the file, whose end is a
 * delimiter; what follows the file is passed over, as S3 does. Holds the fields and less than one
 * delimiter of the file. Source: RFC 7578; S3 API reference, "POST Object". Not thread-safe.
 */
final class FormParser {
    /** All fields and headers before the file. Source: POST Object, "Form fields". */
    static final int MAX_FIELDS_BYTES = 20 * 1024;
    private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern BOUNDARY = Pattern
            .compile(
                    "(?i)multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70})).*");
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|.*;)\\s*name=\"([^\"]*)\".*");
    private static final Pattern FILE_NAME = Pattern
            .compile("(?i)(?:^|.*;)\\s*filename=\"([^\"]*)\".*");

    private final byte[] delimiter;
    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    private State state = State.FIELDS;

    private enum State {
        FIELDS, FILE, REST
    }

    /** What is found. */
    sealed interface Found {
        /**
         * The fields, and that the file begins.
         *
         * @param values by lower-case name
         * @param fileName as the client called the file
         * @param bytesBefore how much of the body they took
         */
        record Fields(Map<String, String> values, String fileName, int bytesBefore)
                implements
                    Found {
            public Fields {
                values = Map.copyOf(values);
            }
        }

        /** Bytes of the file. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Bytes(byte[] bytes) implements Found {}
    }

    FormParser(String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) {
            throw malformed();
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        this.delimiter = ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_POST);
    }

    /** What the next bytes bring. */
    List<Found> next(byte[] bytes) {
        return switch (state) {
            case FIELDS -> fields(bytes);
            case FILE -> {
                List<Found> found = new ArrayList<>();
                file(bytes, found);
                yield found;
            }
            case REST -> List.of();
        };
    }

    /** Says that no more bytes come. */
    void end() {
        switch (state) {
            case FIELDS -> throw new S3Exception(S3Error.INCORRECT_FILES);
            case FILE -> throw malformed();
            case REST -> {
                // The file was whole.
            }
        }
    }

    private List<Found> fields(byte[] bytes) {
        fields.writeBytes(bytes);
        byte[] all = fields.toByteArray();
        Map<String, String> values = new HashMap<>();
        // The first delimiter has no line before it.
        int at = delimiter.length - 2;
        if (all.length < at) {
            return List.of();
        }
        if (!Arrays.equals(all, 0, at, delimiter, 2, delimiter.length)) {
            throw malformed();
        }
        while (true) {
            int headersEnd = indexOf(all, HEADERS_END, at);
            if (headersEnd < 0) {
                return notYet(all, at);
            }
            String disposition = disposition(all, at, headersEnd);
            String name = group(NAME, disposition).toLowerCase(Locale.ROOT);
            int begin = headersEnd + HEADERS_END.length;
            if (name.equals("file")) {
                checkSize(begin);
                return file(all, begin, values, group(FILE_NAME, disposition));
            }
            int end = indexOf(all, delimiter, begin);
            if (end < 0) {
                return notYet(all, begin);
            }
            if (values.put(name,
                    new String(all, begin, end - begin, StandardCharsets.UTF_8)) != null) {
                throw malformed();
            }
            at = end + delimiter.length;
        }
    }

    private List<Found> notYet(byte[] all, int at) {
        if (all.length - at >= 2 && all[at] == '-' && all[at + 1] == '-') {
            throw new S3Exception(S3Error.INCORRECT_FILES);
        }
        checkSize(all.length);
        return List.of();
    }

    private static void checkSize(int bytes) {
        if (bytes > MAX_FIELDS_BYTES) {
            throw new S3Exception(S3Error.MAX_POST_PRE_DATA);
        }
    }

    private List<Found> file(byte[] all, int begin, Map<String, String> values, String path) {
        state = State.FILE;
        fields.reset();
        List<Found> found = new ArrayList<>();
        // Some browsers send the whole path.
        String fileName = path
                .substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        found.add(new Found.Fields(values, fileName, begin));
        file(Arrays.copyOfRange(all, begin, all.length), found);
        return found;
    }

    /** The file's bytes, but for what may be the beginning of its end. */
    private void file(byte[] bytes, List<Found> found) {
        byte[] all = Arrays.copyOf(tail, tail.length + bytes.length);
        System.arraycopy(bytes, 0, all, tail.length, bytes.length);
        int end = indexOf(all, delimiter, 0);
        int sure = end >= 0 ? end : Math.max(0, all.length - delimiter.length + 1);
        if (sure > 0) {
            found.add(new Found.Bytes(Arrays.copyOf(all, sure)));
        }
        tail = end >= 0 ? new byte[0] : Arrays.copyOfRange(all, sure, all.length);
        if (end >= 0) {
            state = State.REST;
        }
    }

    private static String disposition(byte[] all, int from, int to) {
        String headers = new String(all, from, to - from, StandardCharsets.UTF_8);
        if (!headers.startsWith("\r\n")) {
            throw malformed();
        }
        for (String line : headers.substring(2).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip()
                    .equalsIgnoreCase("content-disposition")) {
                return line.substring(colon + 1).strip();
            }
        }
        throw malformed();
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static int indexOf(byte[] text, byte[] wanted, int from) {
        int last = text.length - wanted.length;
        for (int i = from; i <= last; i++) {
            if (text[i] == wanted[0]
                    && Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}

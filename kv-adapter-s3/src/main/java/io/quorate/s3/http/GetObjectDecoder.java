package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.QueryParameters;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.RangeRequest;
import io.quorate.s3.model.ReadConditions;
import io.quorate.s3.operation.GetObjectRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads GetObject. Pure functions. */
final class GetObjectDecoder {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final String OVERRIDE = "response-";

    private GetObjectDecoder() {}

    static GetObjectRequest decode(ObjectAddress address, AwsExchange exchange) {
        AwsHeaders headers = exchange.head().headers();
        var conditions = new ReadConditions(etags(headers.first("if-match")),
                etags(headers.first("if-none-match")), date(headers.first("if-modified-since")),
                date(headers.first("if-unmodified-since")));
        return new GetObjectRequest(address, range(headers.first("range")), conditions,
                overrides(exchange.query()),
                "ENABLED".equals(headers.first("x-amz-checksum-mode")));
    }

    /** A range S3 does not understand is no range, as RFC 9110 has it. */
    private static Optional<RangeRequest> range(@Nullable String header) {
        Matcher range = RANGE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RangeRequest.Suffix(Long.parseLong(last)));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        return from > to ? Optional.empty() : Optional.of(new RangeRequest.FromTo(from, to));
    }

    private static List<String> etags(@Nullable String header) {
        return header == null
                ? List.of()
                : Arrays.stream(header.split(",", -1)).map(String::strip)
                        .filter(etag -> !etag.isEmpty()).map(GetObjectDecoder::quoted).toList();
    }

    /** An ETag as the server writes it; clients may leave out the quotes. */
    static String quoted(String etag) {
        return etag.equals("*") || etag.startsWith("\"") || etag.startsWith("W/")
                ? etag
                : '"' + etag + '"';
    }

    /** A date that cannot be read is ignored, as RFC 9110 has it. */
    private static Optional<Instant> date(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime
                    .parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<String, String> overrides(QueryParameters query) {
        Map<String, String> overrides = new HashMap<>();
        for (QueryParameters.Parameter parameter : query) {
            if (parameter.name().startsWith(OVERRIDE)) {
                overrides.put(parameter.name().substring(OVERRIDE.length()),
                        headerValue(parameter.name(), parameter.value()));
            }
        }
        return overrides;
    }

    /** UTF-8 in the form in which headers are written, a char a byte; no line may be smuggled in. */
    private static String headerValue(String name, String value) {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw S3Exception.invalidArgument("Header value contains control characters.", name,
                    value);
        }
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

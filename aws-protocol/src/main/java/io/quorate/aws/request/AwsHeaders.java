package io.quorate.aws.request;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a request's headers. Names are case-insensitive; the values of one name keep
 * the order in which they were sent. Values are as HTTP carries them: one char per byte (ISO 8859-1).
 * Views are as thread-safe as what they look at; a request's headers are not changed once read.
 */
public interface AwsHeaders {
    /** The first value of the header, or null if it was not sent. */
    @Nullable
    String first(String name);

    /** All values of the header in the order sent; empty if it was not sent. */
    List<String> all(String name);

    /** The names that were sent, each once, in whatever case they came. */
    Collection<String> names();

    /** Whether the header was sent, even if with an empty value. */
    default boolean contains(String name) {
        return first(name) != null;
    }

    /** Headers held in a map; for callers that have no HTTP server's view at hand. */
    static AwsHeaders of(Map<String, List<String>> headers) {
        return new MapHeaders(headers);
    }

    /** Headers with one value each, as {@code name, value, name, value ...}. */
    static AwsHeaders of(String... namesAndValues) {
        return MapHeaders.ofPairs(namesAndValues);
    }
}

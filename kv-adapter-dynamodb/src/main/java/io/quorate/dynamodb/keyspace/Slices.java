package io.quorate.dynamodb.keyspace;

import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Spans of routes, none of which crosses the border of a slice and so of a group. Pure functions. */
public final class Slices {
    /** How many routes there are. */
    public static final int ROUTES = 1 << 16;
    /** How many routes a slice has. */
    static final int LENGTH = ROUTES / TableKeyspace.SLICES;

    private Slices() {}

    /** Routes from the first to the last, inclusive. */
    public record Span(int first, int last) {}

    /** The spans of one segment of a parallel scan, in order; none if it has no route. */
    public static List<Span> ofSegment(int segment, int segments) {
        int first = Math.toIntExact((long) segment * ROUTES / segments);
        int end = Math.toIntExact((long) (segment + 1) * ROUTES / segments);
        List<Span> spans = new ArrayList<>();
        for (int from = first; from < end;) {
            int to = Math.min(end, (from / LENGTH + 1) * LENGTH);
            spans.add(new Span(from, to - 1));
            from = to;
        }
        return spans;
    }

    /** Everything below a prefix whose next element is a route of the span. */
    static KeyRange range(Supplier<KeyEncoder> prefix, int first, int last) {
        return new KeyRange(prefix.get().add((long) first).onRoute(first).toKey(),
                prefix.get().add((long) last + 1).onRoute(first).toKey());
    }
}

package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.IndexKeyspace;
import io.quorate.dynamodb.keyspace.ItemKeyspace;
import io.quorate.dynamodb.keyspace.Slices;
import io.quorate.dynamodb.keyspace.SortBounds;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.kv.Fence;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads pages of items or index entries, at most {@value #MAX_PAGE_BYTES} bytes of them, slice by
 * slice of the routes. Each slice is read as of one moment; a page of several slices is not.
 *
 * <p>After the last row the table's fence is read: one that is not as expected means that the rows
 * may be those of a deleted table or an index that is no more, and the table is looked up again.
 * Thread-safe.
 */
public final class PageReader {
    /** A page ends with the item that reaches this size. Source: API reference, Query and Scan. */
    public static final int MAX_PAGE_BYTES = 1024 * 1024;
    /** Most rows asked of the store at once. */
    private static final int MAX_ROWS = 1_000;

    private final TransactionalKv kv;

    public PageReader(TransactionalKv kv) {
        this.kv = kv;
    }

    /**
     * What to read.
     *
     * @param ranges in the order of reading
     * @param descending whether against the order of the keys
     * @param limit most rows
     * @param only the local index whose entries are wanted among others, or {@link #ANY}
     */
    public record Range(List<KeyRange> ranges, boolean descending, int limit, long only) {
        private static final long ANY = -1;

        public Range {
            ranges = List.copyOf(ranges);
        }

        /** One partition of a table or index. */
        public static Range partition(TableDefinition table, @Nullable SecondaryIndex index,
                List<byte[]> partition, SortBounds bounds) {
            if (bounds.isEmpty()) {
                return new Range(List.of(), false, Integer.MAX_VALUE, ANY);
            }
            long number = table.identity().number();
            KeyRange range;
            if (index == null) {
                range = ItemKeyspace.items(number, partition.getFirst(), bounds);
            } else if (index.isGlobal()) {
                range = IndexKeyspace.global(number, index.number(), partition, bounds);
            } else {
                range = IndexKeyspace.local(number, index.number(), partition.getFirst(), bounds);
            }
            return new Range(List.of(range), false, Integer.MAX_VALUE, ANY);
        }

        /** One segment of a whole table or global index. */
        public static Range segment(TableDefinition table, @Nullable SecondaryIndex index,
                int segment, int segments) {
            List<KeyRange> ranges = Slices.ofSegment(segment, segments).stream()
                    .map(span -> span(table.identity().number(), index, span)).toList();
            return new Range(ranges, false, Integer.MAX_VALUE,
                    index == null || index.isGlobal() ? ANY : index.number());
        }

        private static KeyRange span(long table, @Nullable SecondaryIndex index,
                Slices.Span span) {
            if (index == null) {
                return ItemKeyspace.items(table, span.first(), span.last());
            }
            return index.isGlobal()
                    ? IndexKeyspace.allGlobal(table, index.number(), span.first(), span.last())
                    : IndexKeyspace.allLocal(table, span.first(), span.last());
        }

        /** The same in an order and up to a number of rows. */
        public Range bounded(boolean downwards, int rows) {
            return new Range(ranges, downwards, rows, only);
        }

        /** What is left after a row; empty if the row is not within it. */
        public Optional<Range> after(Key row) {
            for (int i = 0; i < ranges.size(); i++) {
                KeyRange range = ranges.get(i);
                if (range.contains(row)) {
                    List<KeyRange> left = new ArrayList<>();
                    SortBounds.rest(range, row, descending).ifPresent(left::add);
                    left.addAll(ranges.subList(i + 1, ranges.size()));
                    return Optional.of(new Range(left, descending, limit, only));
                }
            }
            return Optional.empty();
        }
    }

    /** Reads one page. */
    public Mono<ItemPage> read(TableDefinition table, Range range) {
        return Mono.defer(() -> {
            Reading reading = new Reading(table, range);
            return Mono.defer(() -> step(reading)).repeat(reading::goesOn)
                    .then(Mono.defer(() -> checked(reading)));
        });
    }

    private Mono<ScanPage> step(Reading reading) {
        KeyRange range = reading.left.peek();
        return range == null
                ? Mono.empty()
                : kv.scan(reading.scan(range)).doOnNext(page -> reading.take(range, page));
    }

    private Mono<ItemPage> checked(Reading reading) {
        Key fence = TableKeyspace.fence(reading.table.identity().number(), reading.route);
        return kv.get(fence).map(row -> {
            if (row.isEmpty() || Fence.of(row.get()).generation() != reading.table.identity()
                    .schemaVersion()) {
                throw new StaleTableException();
            }
            // A page that ends at its limit says that there may be more, as DynamoDB does.
            return new ItemPage(reading.items, reading.sizeBytes,
                    reading.items.size() >= reading.limit || !reading.left.isEmpty());
        });
    }

    /** A page while it is read; passed from one read to the next. */
    private static final class Reading {
        private final TableDefinition table;
        private final Deque<KeyRange> left;
        private final boolean descending;
        private final int limit;
        private final long only;
        private final List<Item> items = new ArrayList<>();
        private int sizeBytes;
        private int route;

        Reading(TableDefinition table, Range range) {
            this.table = table;
            this.left = new ArrayDeque<>(range.ranges());
            this.descending = range.descending();
            this.limit = range.limit();
            this.only = range.only();
        }

        boolean isFull() {
            return items.size() >= limit || sizeBytes >= MAX_PAGE_BYTES;
        }

        boolean goesOn() {
            return !left.isEmpty() && !isFull();
        }

        Scan scan(KeyRange range) {
            route = range.route();
            return new Scan(range, Math.min(limit - items.size(), MAX_ROWS),
                    MAX_PAGE_BYTES - sizeBytes, descending);
        }

        void take(KeyRange range, ScanPage page) {
            left.poll();
            for (int i = 0; i < page.rows().size(); i++) {
                Versioned row = page.rows().get(i);
                if (only == Range.ANY || IndexKeyspace.indexOfLocal(row.key()) == only) {
                    Item item = Item.of(row.value().shared());
                    items.add(item);
                    sizeBytes += item.sizeBytes();
                }
                boolean last = i == page.rows().size() - 1;
                if (last ? page.more() : isFull()) {
                    SortBounds.rest(range, row.key(), descending).ifPresent(left::addFirst);
                    return;
                }
            }
        }
    }
}

package io.quorate.kv.blob;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.keyspace.KeyEncoder;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads every body's row of a group, page by page. Safe for any thread. */
final class BlobRows {
    /** Each page waits this long at most. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionalKv kv;
    private final int pageRows;

    BlobRows(TransactionalKv kv, int pageRows) {
        this.kv = kv;
        this.pageRows = pageRows;
    }

    /** A body's row as one page saw it. */
    record Found(UUID id, long version, BlobRow row) {
        Key key() {
            return BlobKeys.row(id);
        }
    }

    /**
     * All rows, in order.
     *
     * @param route one of the group's
     * @param pause between two pages, taken on the timer
     */
    Flux<Found> all(int route, Duration pause, Scheduler timer) {
        return page(BlobKeys.rowsOfGroup(route))
                .expand(read -> read.more()
                        ? page(after(read, route)).delaySubscription(pause, timer)
                        : Mono.empty())
                .concatMapIterable(ScanPage::rows, 1)
                .map(row -> new Found(BlobKeys.idOf(row.key()), row.version(),
                        BlobRow.decode(row.value())));
    }

    private Mono<ScanPage> page(KeyRange range) {
        return kv.scan(Scan.ascending(range, pageRows))
                .contextWrite(context -> Deadline.after(STEP_TIMEOUT).into(context));
    }

    private static KeyRange after(ScanPage page, int route) {
        Key next = KeyEncoder.immediatelyAfter(page.rows().getLast().key());
        return new KeyRange(Key.of(route, next.shared()), BlobKeys.rowsOfGroup(route).end());
    }
}

package io.quorate.dynamodb.repository;

import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes rows nobody can reach any more, page by page. Thread-safe. */
final class RowSweep {
    /** Most rows of one transaction. */
    private static final int ROWS = 200;

    private final TransactionalKv kv;
    private final UpkeepStep step;

    RowSweep(TransactionalKv kv, UpkeepStep step) {
        this.kv = kv;
        this.step = step;
    }

    /** Removes every row of the ranges; completes when none is left. */
    Mono<Void> clear(List<KeyRange> ranges) {
        return Flux.fromIterable(ranges).concatMap(this::clear).then();
    }

    private Mono<Void> clear(KeyRange range) {
        return Mono.defer(() -> step.of(kv.scan(Scan.ascending(range, ROWS))).flatMap(
                page -> delete(page.rows()).thenReturn(page)))
                .expand(page -> page.more()
                        ? step.of(kv.scan(Scan.ascending(range, ROWS)))
                                .flatMap(next -> delete(next.rows()).thenReturn(next))
                        : Mono.<ScanPage>empty())
                .then();
    }

    /** Removes the rows of one page of the range that are due. */
    Mono<Void> clear(KeyRange range, Predicate<Versioned> due) {
        return step.of(kv.scan(Scan.ascending(range, ROWS)))
                .flatMap(page -> delete(page.rows().stream().filter(due).toList()));
    }

    private Mono<Void> delete(List<Versioned> rows) {
        return rows.isEmpty()
                ? Mono.empty()
                : step.of(kv.commit(new Transaction(List.of(), rows.stream()
                        .<Mutation>map(row -> new Mutation.Delete(row.key())).toList()))).then();
    }
}

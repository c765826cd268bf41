package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.IndexKeyspace;
import io.quorate.dynamodb.keyspace.ItemKeyspace;
import io.quorate.dynamodb.keyspace.Slices;
import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What has to be done for tables in the background: rows of deleted tables go, indexes are built and
 * removed, items expire, old tokens and records of
 * streams are forgotten. Every step can be repeated and can run on several
 * nodes at once; it is merely done in vain then. One caller at a time.
 */
public final class TableUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);
    /** How many definitions are read at a time. */
    private static final int DEFINITIONS = 100;

    private final TransactionalKv kv;
    private final UpkeepStep step;
    private final RowSweep sweep;
    private final IndexBuild indexes;
    private final Expiry expiry;
    private final StreamRetention streams;
    private final InstantSource clock;
    private int tokenSpan;

    public TableUpkeep(TransactionalKv kv, ItemRepository items, InstantSource clock,
            UpkeepStep step) {
        PageReader pages = new PageReader(kv);
        this.kv = kv;
        this.step = step;
        this.clock = clock;
        this.sweep = new RowSweep(kv, step);
        this.indexes = new IndexBuild(new TableChanges(kv, clock), pages, items, sweep, step);
        this.streams = new StreamRetention(kv, clock, step);
        this.expiry = new Expiry(pages, items, clock, step);
    }

    /** Does what is to be done now; a part that fails is logged and tried again the next time. */
    public Mono<Void> tick() {
        return part("remains", remains()).then(part("tokens", tokens()))
                .then(part("streams", rows(StreamKeyspace.allDefinitions())
                        .concatMap(streams::attend).then()))
                .thenMany(definitions().concatMap(table -> part("indexes", indexes.attend(table))
                        .then(part("expiry", Mono.defer(() -> expiry.attend(table))))))
                .then();
    }

    private static Mono<Void> part(String name, Mono<Void> work) {
        return work.onErrorResume(failure -> {
            LOG.info("table upkeep was interrupted part={} reason={}", name, failure.toString());
            return Mono.empty();
        });
    }

    private Flux<TableDefinition> definitions() {
        return rows(TableKeyspace.allDefinitions())
                .map(row -> TableDefinitionCodec.decode(row.value()))
                .onErrorResume(failure -> {
                    LOG.info("table upkeep was interrupted part=definitions reason={}",
                            failure.toString());
                    return Flux.empty();
                });
    }

    private Flux<Versioned> rows(KeyRange range) {
        return Mono.defer(() -> step.of(kv.scan(Scan.ascending(range, DEFINITIONS))))
                .expand(page -> page.more()
                        ? step.of(kv.scan(Scan.ascending(
                                after(range, page.rows().getLast().key()), DEFINITIONS)))
                        : Mono.empty())
                .concatMapIterable(page -> page.rows());
    }

    private static KeyRange after(KeyRange range, Key last) {
        Key start = KeyEncoder.immediatelyAfter(last);
        return new KeyRange(Key.of(range.route(), start.shared()), range.end());
    }

    private Mono<Void> remains() {
        return rows(TableKeyspace.allRemains()).concatMap(row -> {
            Remains left = Remains.decode(row.value());
            return sweep.clear(ranges(left)).then(step.of(kv.commit(
                    new Transaction(List.of(), List.of(new Mutation.Delete(row.key()))))));
        }).then();
    }

    private static List<KeyRange> ranges(Remains left) {
        List<KeyRange> ranges = new ArrayList<>();
        for (Slices.Span span : Slices.ofSegment(0, 1)) {
            ranges.add(ItemKeyspace.items(left.table(), span.first(), span.last()));
            ranges.add(IndexKeyspace.allLocal(left.table(), span.first(), span.last()));
        }
        left.globalIndexes()
                .forEach(index -> ranges.addAll(IndexBuild.entries(left.table(), index)));
        return ranges;
    }

    /** One slice each time. */
    private Mono<Void> tokens() {
        return Mono.defer(() -> {
            List<Slices.Span> spans = Slices.ofSegment(0, 1);
            Slices.Span span = spans.get(tokenSpan++ % spans.size());
            return sweep.clear(TableKeyspace.tokens(span),
                    row -> WriteHandler.isExpired(row.value(), clock.millis()));
        });
    }
}

package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.IndexKeyspace;
import io.quorate.dynamodb.keyspace.Slices;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.kv.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Builds global indexes and removes them. Since the transaction that added an index, every write
 * maintains it; the build gives an entry to every item that was there before, each under its latch,
 * and then makes the index readable. What is interrupted begins anew. Thread-safe.
 */
final class IndexBuild {
    /** How many items are given entries at a time. */
    private static final int WRITES = 16;

    private final TableChanges changes;
    private final PageReader pages;
    private final ItemRepository items;
    private final RowSweep sweep;
    private final UpkeepStep step;

    IndexBuild(TableChanges changes, PageReader pages, ItemRepository items, RowSweep sweep,
            UpkeepStep step) {
        this.changes = changes;
        this.pages = pages;
        this.items = items;
        this.sweep = sweep;
        this.step = step;
    }

    /** Does what the table's indexes need. */
    Mono<Void> attend(TableDefinition table) {
        List<SecondaryIndex> pending = table.indexes().stream().filter(index -> !index.isActive())
                .toList();
        return Flux.fromIterable(pending).concatMap(
                index -> index.state().status() == SecondaryIndex.Status.CREATING
                        ? build(table, index)
                        : remove(table, index))
                .then();
    }

    private Mono<Void> build(TableDefinition table, SecondaryIndex index) {
        PageReader.Range all = PageReader.Range.segment(table, null, 0, 1);
        return Mono.just(Optional.of(all)).expand(
                range -> range.isEmpty() ? Mono.empty() : buildPage(table, range.get()))
                .then(change(table, now -> replaced(now, index, Optional.of(index.with(
                        new SecondaryIndex.State(SecondaryIndex.Status.ACTIVE,
                                index.state().throughput()))))));
    }

    private Mono<Optional<PageReader.Range>> buildPage(TableDefinition table,
            PageReader.Range range) {
        return step.of(pages.read(table, range)).flatMap(page -> Flux.fromIterable(page.items())
                .flatMap(item -> step.of(items.write(reindex(table, item), Optional.empty())),
                        WRITES)
                .then(Mono.fromSupplier(() -> page.more() && !page.items().isEmpty()
                        ? range.after(reindex(table, page.items().getLast()).row())
                        : Optional.empty())));
    }

    private static ItemWrite reindex(TableDefinition table, Item item) {
        WriteTarget target = WriteTarget.of(table);
        return new ItemWrite(ItemWrite.Action.REINDEX, target,
                ItemAddress.of(target, StoredKeys.of(table.keys(), item)), item,
                ItemExpressions.NONE, ItemWrite.Returning.NOTHING);
    }

    private Mono<Void> remove(TableDefinition table, SecondaryIndex index) {
        return sweep.clear(entries(table.identity().number(), index.number()))
                .then(change(table, now -> replaced(now, index, Optional.empty())));
    }

    /** The ranges of all entries of a global index. */
    static List<KeyRange> entries(long table, long index) {
        return Slices.ofSegment(0, 1).stream()
                .map(span -> IndexKeyspace.allGlobal(table, index, span.first(), span.last()))
                .toList();
    }

    private Mono<Void> change(TableDefinition table, UnaryOperator<TableDefinition> change) {
        return step.of(changes.change(table.name(),
                now -> now.isSameVersion(table) ? change.apply(now).nextVersion() : now)).then();
    }

    private static TableDefinition replaced(TableDefinition table, SecondaryIndex index,
            Optional<SecondaryIndex> by) {
        List<SecondaryIndex> indexes = new ArrayList<>();
        for (SecondaryIndex known : table.indexes()) {
            if (known.number() != index.number()) {
                indexes.add(known);
            } else {
                by.ifPresent(indexes::add);
            }
        }
        TableDefinition changed = table.with(table.extras().withIndexes(indexes));
        return new TableDefinition(changed.name(), changed.identity(), changed.keys(),
                changed.attributes().stream()
                        .filter(attribute -> changed.keys().names().contains(attribute.name())
                                || indexes.stream()
                                        .anyMatch(left -> left.keys().all().contains(attribute)))
                        .toList(),
                changed.settings(), changed.extras());
    }
}

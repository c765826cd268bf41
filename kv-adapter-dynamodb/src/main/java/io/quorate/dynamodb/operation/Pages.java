package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.repository.ItemPage;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns what was read into what Query and Scan answer. Thread-safe. */
final class Pages {
    /** How many items are fetched from the table at a time, for entries that lack attributes. */
    private static final int FETCHES = 16;

    private final PageReader reader;
    private final ItemRepository items;

    Pages(PageReader reader, ItemRepository items) {
        this.reader = reader;
        this.items = items;
    }

    Mono<DynamoDbResult> read(PageRequest request, ReadPlan plan, PageReader.Range range) {
        return reader.read(plan.table(), range).flatMap(page -> plan.fetch()
                ? fetched(plan, page).map(rows -> result(request, plan, page, rows))
                : Mono.fromSupplier(() -> result(request, plan, page, page.items())));
    }

    /** Whole items for entries; one that was deleted meanwhile is left out. */
    private Mono<List<Item>> fetched(ReadPlan plan, ItemPage page) {
        return Flux.fromIterable(page.items())
                .flatMapSequential(entry -> items.get(plan.table(),
                        KeyRules.keyOfItem(plan.table().keys(), entry)), FETCHES)
                .filter(Optional::isPresent).map(Optional::get).collectList();
    }

    private static DynamoDbResult result(PageRequest request, ReadPlan plan, ItemPage page,
            List<Item> rows) {
        List<Item> found = new ArrayList<>(rows.size());
        PageRequest.Filter filter = request.filter();
        for (Item row : rows) {
            if (filter == null || filter.accepts(row)) {
                found.add(row);
            }
        }
        Optional<Item> last = page.more() && !page.items().isEmpty()
                ? Optional.of(KeyRules.keyOf(plan.cursorNames(), page.items().getLast()))
                : Optional.empty();
        boolean countOnly = request.select() == PageRequest.Select.COUNT;
        return new PageResult(
                countOnly ? Optional.empty() : Optional.of(selected(request, found)),
                new PageResult.Counts(found.size(), page.items().size()), last,
                capacity(request, plan, page, rows));
    }

    private static List<Item> selected(PageRequest request, List<Item> found) {
        Projection projection = request.projection();
        return projection == null ? found : found.stream().map(projection::of).toList();
    }

    private static Optional<ConsumedCapacity> capacity(PageRequest request, ReadPlan plan,
            ItemPage page, List<Item> rows) {
        double units = ConsumedCapacity.readUnits(page.sizeBytes(), request.consistent());
        SecondaryIndex index = plan.index();
        if (index == null) {
            return ConsumedCapacity.of(request.capacity(), request.table(),
                    ConsumedCapacity.Kind.PLAIN, units, Map.of());
        }
        double fetched = plan.fetch()
                ? rows.stream().mapToDouble(
                        row -> ConsumedCapacity.readUnits(row.sizeBytes(), request.consistent()))
                        .sum()
                : 0;
        return ConsumedCapacity.of(request.capacity(), request.table(),
                ConsumedCapacity.Kind.PLAIN, fetched, Map.of(index, units));
    }
}

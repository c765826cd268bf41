package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PageReader;
import io.quorate.dynamodb.repository.TableRepository;
import reactor.core.publisher.Mono;

/** Query, linearizable on every node. Source: DynamoDB API reference, Query. */
public final class Query {
    private final TableRepository tables;
    private final Pages pages;

    public Query(TableRepository tables, ItemRepository items, PageReader reader) {
        this.tables = tables;
        this.pages = new Pages(reader, items);
    }

    /** Reads one page. */
    public Mono<DynamoDbResult> run(QueryRequest request, Caller caller) {
        return tables.withTable(caller.table(request.table()), table -> query(request, table));
    }

    private Mono<DynamoDbResult> query(QueryRequest request, TableDefinition table) {
        PageRequest page = request.page();
        ReadPlan plan = ReadPlan.of(page, table);
        QueryKeys keys = QueryKeys.of(request.keys(), plan);
        checkFilter(page, plan);
        return read(request, plan, keys);
    }

    /** The same for keys that may be in the filter too. */
    Mono<DynamoDbResult> read(QueryRequest request, TableDefinition table) {
        ReadPlan plan = ReadPlan.of(request.page(), table);
        return read(request, plan, QueryKeys.of(request.keys(), plan));
    }

    private Mono<DynamoDbResult> read(QueryRequest request, ReadPlan plan, QueryKeys keys) {
        PageRequest page = request.page();
        PageReader.Range range = keys.range(plan, !request.forward(), page.limits().items());
        Item start = page.limits().start();
        if (start != null) {
            plan.checkStart(start);
            range = range.after(Cursors.row(plan, start)).orElseThrow(Query::outside);
        }
        return pages.read(page, plan, range);
    }

    private static void checkFilter(PageRequest page, ReadPlan plan) {
        PageRequest.Filter filter = page.filter();
        if (filter == null) {
            return;
        }
        for (String key : plan.keyNames()) {
            if (filter.attributes().contains(key)) {
                throw DynamoDbException.validation("Filter Expression can only contain non-primary"
                        + " key attributes: Primary key attribute: " + key);
            }
        }
    }

    private static DynamoDbException outside() {
        return DynamoDbException.validation("The provided starting key is outside query boundaries"
                + " based on provided conditions");
    }
}

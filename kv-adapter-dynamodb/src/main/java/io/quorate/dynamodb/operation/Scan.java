package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PageReader;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.kv.Key;
import reactor.core.publisher.Mono;

/** Scan, in one or many segments. Source: DynamoDB API reference, Scan. */
public final class Scan {
    private final TableRepository tables;
    private final Pages pages;

    public Scan(TableRepository tables, ItemRepository items, PageReader reader) {
        this.tables = tables;
        this.pages = new Pages(reader, items);
    }

    /** Reads one page. */
    public Mono<DynamoDbResult> run(ScanRequest request, Caller caller) {
        return tables.withTable(caller.table(request.table()), table -> scan(request, table));
    }

    Mono<DynamoDbResult> scan(ScanRequest request, TableDefinition table) {
        PageRequest page = request.page();
        ReadPlan plan = ReadPlan.of(page, table);
        PageReader.Range range = PageReader.Range
                .segment(table, plan.index(), request.segment(), request.segments())
                .bounded(false, page.limits().items());
        Item start = page.limits().start();
        if (start != null) {
            plan.checkStart(start);
            Key row = Cursors.row(plan, start);
            range = range.after(row).orElseThrow(() -> wrongSegment(request));
        }
        return pages.read(page, plan, range);
    }

    private static DynamoDbException wrongSegment(ScanRequest request) {
        return DynamoDbException.validation("The provided starting key is invalid: Invalid"
                + " ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
                + " TotalSegments: " + request.segments() + " Segment: " + request.segment());
    }
}

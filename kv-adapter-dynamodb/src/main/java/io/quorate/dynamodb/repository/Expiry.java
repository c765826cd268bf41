package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.dynamodb.model.TableDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes items whose time has come: of every table that has TimeToLive, one page each time it is
 * called, going round. An item is deleted only if at its leader its attribute is still a number of
 * seconds that has passed, not more than five years ago. Source: developer guide, "Using time to
 * live". One caller at a time.
 */
final class Expiry {
    private static final Duration OLDEST = Duration.ofDays(5 * 365);
    private static final String CONDITION = "#t BETWEEN :oldest AND :now";
    /** How many items are deleted at a time. */
    private static final int DELETIONS = 16;

    private final PageReader pages;
    private final ItemRepository items;
    private final InstantSource clock;
    private final UpkeepStep step;
    /** Where the next page of a table begins; tables that are gone are forgotten with them. */
    private final Map<Long, PageReader.Range> cursors = new LinkedHashMap<>();

    Expiry(PageReader pages, ItemRepository items, InstantSource clock, UpkeepStep step) {
        this.pages = pages;
        this.items = items;
        this.clock = clock;
        this.step = step;
    }

    /** Looks at the next page of the table. */
    Mono<Void> attend(TableDefinition table) {
        String attribute = table.extras().timeToLive();
        long number = table.identity().number();
        if (attribute == null) {
            cursors.remove(number);
            return Mono.empty();
        }
        PageReader.Range range = cursors.getOrDefault(number,
                PageReader.Range.segment(table, null, 0, 1));
        cursors.remove(number);
        return step.of(pages.read(table, range)).flatMap(page -> {
            if (page.more() && !page.items().isEmpty()) {
                Item last = page.items().getLast();
                range.after(deletion(table, last, ItemExpressions.NONE).row())
                        .ifPresent(left -> cursors.put(number, left));
            }
            return delete(table, attribute, page);
        });
    }

    private Mono<Void> delete(TableDefinition table, String attribute, ItemPage page) {
        long now = clock.millis() / 1000;
        AttributeValue to = seconds(now);
        AttributeValue from = seconds(now - OLDEST.toSeconds());
        ItemExpressions due = new ItemExpressions(CONDITION, null, Map.of("#t", attribute),
                ItemTree.item(Map.of(":now", to, ":oldest", from)));
        return Flux.fromIterable(page.items()).filter(item -> isDue(item, attribute, from, to))
                .flatMap(item -> step.of(items.write(deletion(table, item, due),
                        Optional.empty())), DELETIONS)
                .then();
    }

    private static AttributeValue seconds(long seconds) {
        return AttributeValue.number(Decimal.parse(String.valueOf(seconds)));
    }

    private static boolean isDue(Item item, String attribute, AttributeValue from,
            AttributeValue to) {
        return ItemTree.attribute(item, attribute).orElse(null) instanceof AttributeValue.Scalar at
                && at.type() == AttributeType.N && from instanceof AttributeValue.Scalar low
                && to instanceof AttributeValue.Scalar high
                && at.encoded().compareTo(low.encoded()) >= 0
                && at.encoded().compareTo(high.encoded()) <= 0;
    }

    private static ItemWrite deletion(TableDefinition table, Item item, ItemExpressions due) {
        WriteTarget target = WriteTarget.of(table);
        return new ItemWrite(ItemWrite.Action.EXPIRE, target,
                ItemAddress.of(target, StoredKeys.of(table.keys(), item)), item, due,
                ItemWrite.Returning.NOTHING);
    }
}

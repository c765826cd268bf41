package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.ConditionCheck;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.KeyCondition;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.partiql.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Runs SELECT as a Query where the partition key is given, else as a Scan. Thread-safe.
 */
final class StatementPages {
    private static final String BAD_TOKEN = "NextToken does not match request";

    private final Query query;
    private final Scan scan;

    StatementPages(Query query, Scan scan) {
        this.query = query;
        this.scan = scan;
    }

    Mono<PageResult> read(StatementRequest.Execute request, Statement.Select select,
            TableDefinition table) {
        SecondaryIndex index = select.index() == null
                ? null
                : table.index(select.index()).orElseThrow(
                        () -> DynamoDbException.validation(
                                "The table does not have the specified index: "
                                        + select.index()));
        List<AttributeDefinition> partition = index == null
                ? List.of(table.keys().partition())
                : index.keys().partition();
        List<AttributeDefinition> sort = index == null
                ? sort(table)
                : index.keys().sort();
        WhereKeys keys = new WhereKeys(select.where());
        Optional<KeyCondition> condition = keys.query(partition, sort);
        boolean descending = descending(select, partition, sort, condition.isPresent());
        PageRequest page = page(request, select, keys.rest());
        return (condition.isPresent()
                ? query.read(new QueryRequest(page, condition.get(), !descending), table)
                : scan.scan(new ScanRequest(page, 0, 1), table)).cast(PageResult.class);
    }

    private static List<AttributeDefinition> sort(TableDefinition table) {
        AttributeDefinition sort = table.keys().sort();
        return sort == null ? List.of() : List.of(sort);
    }

    private static boolean descending(Statement.Select select, List<AttributeDefinition> partition,
            List<AttributeDefinition> sort, boolean partitioned) {
        boolean descending = false;
        for (Statement.Order order : select.order()) {
            if (!partitioned) {
                throw DynamoDbException.validation("Must have at least one non-optional hash key"
                        + " condition in WHERE clause when using ORDER BY clause.");
            }
            boolean bySort = sort.stream().anyMatch(key -> key.name().equals(order.attribute()));
            boolean byPartition = partition.stream()
                    .anyMatch(key -> key.name().equals(order.attribute()));
            if (!bySort && !byPartition) {
                throw DynamoDbException.validation("Variable reference " + order.attribute()
                        + " in ORDER BY clause must be part of the primary key");
            }
            descending |= bySort && order.descending();
        }
        return descending;
    }

    private static PageRequest page(StatementRequest.Execute request, Statement.Select select,
            @Nullable Condition rest) {
        ExpressionScope scope = new ExpressionScope(select.where().bindings());
        Projection projection = select.paths().isEmpty()
                ? null
                : Projection.check(select.paths(), scope);
        PageRequest.Filter filter = rest == null
                ? null
                : new PageRequest.Filter(rest, select.where().bindings(),
                        ConditionCheck.check(ExpressionKind.FILTER, rest, scope));
        Item start = request.page().token()
                .map(token -> start(token, request.page().digest())).orElse(null);
        return new PageRequest(select.table(), select.index(), PageRequest.Select.UNSAID,
                projection, filter, new PageRequest.Limits(request.page().limit(), start),
                request.entry().consistent(), request.capacity());
    }

    /** What names the next page: the statement's digest and the last key, as stored. */
    static String token(Item lastKey, String digest) {
        byte[] head = digest.getBytes(StandardCharsets.US_ASCII);
        byte[] key = lastKey.shared();
        byte[] token = new byte[head.length + key.length];
        System.arraycopy(head, 0, token, 0, head.length);
        System.arraycopy(key, 0, token, head.length, key.length);
        return Base64.getEncoder().encodeToString(token);
    }

    private static Item start(String token, String digest) {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            byte[] head = digest.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length <= head.length
                    || !new String(bytes, 0, head.length, StandardCharsets.US_ASCII)
                            .equals(digest)) {
                throw DynamoDbException.validation(BAD_TOKEN);
            }
            byte[] key = new byte[bytes.length - head.length];
            System.arraycopy(bytes, head.length, key, 0, key.length);
            Item start = Item.of(key);
            // Walked through once, so that what was tampered with is found here.
            KeyRules.count(start);
            return start;
        } catch (IllegalArgumentException | IllegalStateException
                | IndexOutOfBoundsException malformed) {
            throw DynamoDbException.validation(BAD_TOKEN);
        }
    }
}

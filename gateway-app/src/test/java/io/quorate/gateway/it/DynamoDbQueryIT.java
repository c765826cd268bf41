package io.quorate.gateway.it;

import static io.quorate.gateway.it.DynamoDbItems.TABLE;
import static io.quorate.gateway.it.DynamoDbItems.item;
import static io.quorate.gateway.it.DynamoDbItems.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Query and Scan by an unmodified client and its paginators. */
class DynamoDbQueryIT {
    @TempDir
    Path data;

    private RunningServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        client = server.clients().dynamoDb();
        DynamoDbItems.createTable(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void fill() {
        for (int b = 0; b < 40; b++) {
            Map<String, AttributeValue> item = item(b < 30 ? "x" : "y" + b, b,
                    b % 2 == 0 ? "even" : "odd");
            client.putItem(request -> request.tableName(TABLE).item(item));
        }
    }

    private static List<Integer> numbers(Iterable<Map<String, AttributeValue>> items) {
        List<Integer> numbers = new ArrayList<>();
        items.forEach(
                item -> numbers.add(Integer.valueOf(Objects.requireNonNull(item.get("b")).n())));
        return numbers;
    }

    private static QueryRequest.Builder query(String condition, String value) {
        return QueryRequest.builder().tableName(TABLE).keyConditionExpression(condition)
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value)));
    }

    @Test
    void aQueryIsReadInOrderOverManyPages() {
        fill();

        assertThat(numbers(client.queryPaginator(query("a = :v", "x").limit(7).build()).items()))
                .isEqualTo(IntStream.range(0, 30).boxed().toList());
        assertThat(numbers(client.queryPaginator(
                query("a = :v", "x").limit(7).scanIndexForward(false).build()).items()))
                .isEqualTo(IntStream.range(0, 30).map(i -> 29 - i).boxed().toList());
    }

    @Test
    void indexesAreQueriedOverManyPages() {
        fill();

        assertThat(numbers(client.queryPaginator(
                query("g = :v", "odd").indexName(DynamoDbItems.GLOBAL).limit(6).build()).items()))
                .isEqualTo(IntStream.range(0, 20).map(i -> 2 * i + 1).boxed().toList());
        assertThat(numbers(client.queryPaginator(QueryRequest.builder().tableName(TABLE)
                .indexName(DynamoDbItems.LOCAL).keyConditionExpression("a = :a AND g = :g")
                .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("x"), ":g",
                        AttributeValue.fromS("even")))
                .limit(4).build()).items()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 15).map(i -> 2 * i).boxed().toList());
    }

    @Test
    void aParallelScanFindsEverythingOnce() {
        fill();

        List<Integer> found = IntStream.range(0, 4).boxed()
                .flatMap(segment -> numbers(client.scanPaginator(ScanRequest.builder()
                        .tableName(TABLE).totalSegments(4).segment(segment).limit(3).build())
                        .items()).stream())
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 40).boxed().toList());
    }

    @Test
    void aFilterCountsWhatItPassed() {
        fill();

        var page = client.scan(request -> request.tableName(TABLE).select(Select.COUNT)
                .filterExpression("v BETWEEN :low AND :high")
                .expressionAttributeValues(Map.of(":low", number(10), ":high", number(19))));

        assertThat(page.count()).isEqualTo(10);
        assertThat(page.scannedCount()).isEqualTo(40);
        assertThat(page.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void pagesOfAMegabyteFollowEachOther() {
        for (int b = 0; b < 12; b++) {
            Map<String, AttributeValue> large = item("big", b, "x");
            large.put("payload", AttributeValue.fromS("x".repeat(300_000)));
            client.putItem(request -> request.tableName(TABLE).item(large));
        }

        var first = client.query(query("a = :v", "big").build());

        assertThat(first.items()).hasSize(4);
        assertThat(first.lastEvaluatedKey()).isEqualTo(DynamoDbItems.key("big", 3));
        assertThat(numbers(client.queryPaginator(query("a = :v", "big").build()).items()))
                .isEqualTo(IntStream.range(0, 12).boxed().toList());
    }
}

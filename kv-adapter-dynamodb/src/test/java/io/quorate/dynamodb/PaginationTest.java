package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a Query or Scan is filtered and cut into pages, it finds each item once. */
class PaginationTest {
    private static final long SEED = 0x5EED_2027L;
    private static final int ITEMS = 60;
    private static final int ROUNDS = 40;
    private static final Pattern NUMBER = Pattern.compile("\"id\":\\{\"N\":\"(\\d+)\"}");
    private static final Pattern KEY = Pattern.compile("\"LastEvaluatedKey\":(\\{.*?}})");

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);
    private final List<int[]> items = new ArrayList<>();

    @BeforeEach
    void fill() {
        endpoint.withRangeTable("things", "S", "N");
        Random random = new Random(SEED);
        for (int id = 0; id < ITEMS; id++) {
            int v = random.nextInt(10);
            items.add(new int[]{id, v});
            endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k" + id % 3
                    + "\"},\"b\":{\"N\":\"" + id + "\"},\"id\":{\"N\":\"" + id
                    + "\"},\"v\":{\"N\":\""
                    + v + "\"}}}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Scan", "Query"})
    void eachItemIsFoundOnce(String action) {
        Random random = new Random(SEED + 1);
        for (int round = 0; round < ROUNDS; round++) {
            int low = random.nextInt(10);
            int high = low + random.nextInt(10);
            int limit = 1 + random.nextInt(ITEMS);
            String request = "{\"TableName\":\"things\",\"Limit\":" + limit
                    + ",\"FilterExpression\":\"v BETWEEN :l AND :h\""
                    + (action.equals("Query")
                            ? ",\"ScanIndexForward\":" + random.nextBoolean()
                                    + ",\"KeyConditionExpression\":\"a = :a\""
                            : "")
                    + ",\"ExpressionAttributeValues\":{\":l\":{\"N\":\"" + low
                    + "\"},\":h\":{\"N\":\"" + high + "\"}"
                    + (action.equals("Query") ? ",\":a\":{\"S\":\"k1\"}" : "") + "}";

            List<Integer> found = all(action, request);

            List<Integer> expected = items.stream()
                    .filter(item -> item[1] >= low && item[1] <= high)
                    .filter(item -> action.equals("Scan") || item[0] % 3 == 1)
                    .map(item -> item[0]).toList();
            assertThat(found).as("seed %d round %d limit %d", SEED, round, limit)
                    .doesNotHaveDuplicates();
            assertThat(new TreeSet<>(found)).isEqualTo(new TreeSet<>(expected));
        }
    }

    private List<Integer> all(String action, String request) {
        List<Integer> found = new ArrayList<>();
        String start = "";
        for (int page = 0; page <= ITEMS + 1; page++) {
            String body = endpoint.call(action, request + start + "}").body();
            Matcher number = NUMBER.matcher(body);
            while (number.find()) {
                found.add(Integer.parseInt(number.group(1)));
            }
            Matcher key = KEY.matcher(body);
            if (!key.find()) {
                return found;
            }
            start = ",\"ExclusiveStartKey\":" + key.group(1);
        }
        throw new AssertionError("pages without end");
    }
}

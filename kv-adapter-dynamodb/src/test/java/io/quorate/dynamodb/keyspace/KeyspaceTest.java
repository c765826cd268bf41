package io.quorate.dynamodb.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyspaceTest {
    private static final long SEED = 0x5EED_0064L;
    private static final int ROUTES = 1 << 16;

    @Test
    void itemsOfOnePartitionSortByTheirSortKeys() {
        Random random = new Random(SEED);
        byte[] partition = utf8("p");
        for (int i = 0; i < 20_000; i++) {
            BigDecimal left = new BigDecimal(random.nextInt(-50, 50)).movePointLeft(
                    random.nextInt(3));
            BigDecimal right = new BigDecimal(random.nextInt(-50, 50)).movePointLeft(
                    random.nextInt(3));

            int order = key(partition, number(left)).compareTo(key(partition, number(right)));

            assertThat(Integer.signum(order)).as("seed %d: %s ? %s", SEED, left, right)
                    .isEqualTo(left.compareTo(right));
        }
    }

    @Test
    void textSortsByItsUtf8Bytes() {
        List<String> sorted = List.of("", "a", "a\u0000", "a\u0000b", "aa", "b", "\u00e9", "\ufb01",
                "\ud83d\ude00");

        for (int i = 1; i < sorted.size(); i++) {
            assertThat(key(utf8("p"), utf8(sorted.get(i - 1))))
                    .isLessThan(key(utf8("p"), utf8(sorted.get(i))));
        }
    }

    @Test
    void keysOfDifferentItemsDiffer() {
        Set<Key> keys = new HashSet<>(List.of(key(utf8("ab"), utf8("c")),
                key(utf8("a"), utf8("bc")), key(utf8("abc"), utf8("")),
                ItemKeyspace.item(1, new PrimaryKey(utf8("abc"), null)),
                ItemKeyspace.item(2, new PrimaryKey(utf8("abc"), null))));

        assertThat(keys).hasSize(5);
    }

    @Test
    void theLongestKeyFitsTheStore() {
        Key longest = ItemKeyspace.item(Long.MAX_VALUE,
                new PrimaryKey(new byte[KeySchema.MAX_PARTITION_BYTES],
                        new byte[KeySchema.MAX_SORT_BYTES]));

        assertThat(longest.length()).isLessThanOrEqualTo(Key.MAX_LENGTH);
    }

    @Test
    void itemsOfOneTableSpreadOverTheRoutes() {
        Set<Integer> slices = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            slices.add(key(utf8("user#" + i), utf8("x")).route() / (ROUTES / TableKeyspace.SLICES));
        }

        assertThat(slices).hasSize(TableKeyspace.SLICES);
    }

    @Test
    void everyRouteHasAFenceOfItsOwnSlice() {
        List<Key> fences = TableKeyspace.fences(7);

        assertThat(fences).hasSize(TableKeyspace.SLICES).doesNotHaveDuplicates();
        for (int route = 0; route < ROUTES; route++) {
            Key fence = TableKeyspace.fence(7, route);
            assertThat(fence).isEqualTo(fences.get(route / (ROUTES / TableKeyspace.SLICES)));
            assertThat(fence.route()).isLessThanOrEqualTo(route);
            assertThat(route - fence.route()).isLessThan(ROUTES / TableKeyspace.SLICES);
        }
    }

    @Test
    void definitionsOfAnAccountLieTogetherOnTheDefaultRoute() {
        Key mine = TableKeyspace.definition(new TableName("1", "things"));
        Key theirs = TableKeyspace.definition(new TableName("2", "things"));

        assertThat(TableKeyspace.definitions("1").contains(mine)).isTrue();
        assertThat(TableKeyspace.definitions("1").contains(theirs)).isFalse();
        assertThat(mine.route()).isZero();
        assertThat(TableKeyspace.counter().route()).isZero();
    }

    private static Key key(byte[] partition, byte[] sort) {
        return ItemKeyspace.item(1, new PrimaryKey(partition, sort));
    }

    private static byte[] number(BigDecimal value) {
        return Decimal.parse(value.toPlainString()).encoded();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.quorate.kv.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteHashTest {
    /** Computed by an independent program (CRC32C by table, MurmurHash3 fmix32); never to change. */
    @Test
    void routesAreTheRecordedOnes() {
        assertThat(RouteHash.of(new byte[0][])).isEqualTo(0);
        assertThat(RouteHash.of("")).isEqualTo(18939);
        assertThat(RouteHash.of("bucket")).isEqualTo(14451);
        assertThat(RouteHash.of("ab", "c")).isEqualTo(32306);
        assertThat(RouteHash.of("a", "bc")).isEqualTo(42985);
        assertThat(RouteHash.of("größe")).isEqualTo(14404);
    }

    @Test
    void contiguousRangesOfRoutesShareSequentialNamesEvenly() {
        int groups = 16;
        int[] owners = new int[groups];
        for (int i = 0; i < 160_000; i++) {
            owners[(RouteHash.of("table-1", "user-" + i) * groups) >>> 16]++;
        }

        for (int owned : owners) {
            assertThat(owned).isBetween(9_500, 10_500);
        }
    }
}

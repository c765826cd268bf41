package io.quorate.kv.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
    /** Written out by hand; on disk, never to change. */
    @Test
    void storedKeysAreTheRecordedOnes() {
        assertThat(hex(RowLayout.latestKey(new byte[]{0, 'a'}))).isEqualTo("4c" + "0061");
        assertThat(hex(RowLayout.historyKey(new byte[]{0, 'a'}, 0x0102030405060708L)))
                .isEqualTo("48" + "00ff61" + "0000" + "fefdfcfbfaf9f8f7");
    }

    @Test
    void keyAndVersionAreReadBack() {
        byte[] key = {0, (byte) 0xFF, 0, 0, 'a', 0};
        byte[] stored = RowLayout.historyKey(key, 77);

        assertThat(RowLayout.keyOfHistory(stored)).isEqualTo(key);
        assertThat(RowLayout.versionOfHistory(stored)).isEqualTo(77);
    }

    @Test
    void historySortsByKeyAndThenNewestFirst() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] left = key(random);
            byte[] right = key(random);
            long leftVersion = random.nextLong(Long.MAX_VALUE);
            long rightVersion = random.nextLong(Long.MAX_VALUE);
            int keys = Arrays.compareUnsigned(left, right);
            int expected = keys != 0 ? keys : Long.compare(rightVersion, leftVersion);

            int stored = Arrays.compareUnsigned(RowLayout.historyKey(left, leftVersion),
                    RowLayout.historyKey(right, rightVersion));

            assertThat(Integer.signum(stored)).as("seed %d", seed)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void allVersionsLieBetweenThePrefixAndWhatFollowsIt() {
        byte[] prefix = RowLayout.historyPrefix(new byte[]{'a'});
        byte[] after = RowLayout.afterHistoryPrefix(prefix);

        for (byte[] stored : new byte[][]{RowLayout.historyKey(new byte[]{'a'}, 0),
            RowLayout.historyKey(new byte[]{'a'}, Long.MAX_VALUE)}) {
            assertThat(Arrays.compareUnsigned(prefix, stored)).isNegative();
            assertThat(Arrays.compareUnsigned(stored, after)).isNegative();
        }
        assertThat(Arrays.compareUnsigned(after, RowLayout.historyKey(new byte[]{'a', 0}, 1)))
                .isNegative();
    }

    private static byte[] key(Random random) {
        byte[] letters = {0, 1, (byte) 0xFE, (byte) 0xFF};
        byte[] key = new byte[1 + random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = letters[random.nextInt(letters.length)];
        }
        return key;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

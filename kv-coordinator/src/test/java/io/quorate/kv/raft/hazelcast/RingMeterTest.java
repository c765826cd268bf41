package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RingMeterTest {
    @Test
    void agreesWithAPlainMapThroughAnyHistory() {
        Random random = new Random(5);
        RingMeter meter = new RingMeter();
        TreeMap<Long, Integer> plain = new TreeMap<>();
        long last = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(10)) {
                case 0 -> {
                    long from = meter.firstIndex() + random.nextInt(plain.size() + 1);
                    meter.truncatedFrom(from);
                    plain.tailMap(from, true).clear();
                    last = Math.min(last, from - 1);
                }
                case 1 -> {
                    long upTo = meter.firstIndex() - 1 + random.nextInt(plain.size() + 1);
                    meter.releasedUpTo(upTo);
                    plain.headMap(upTo, true).clear();
                }
                default -> {
                    int size = random.nextInt(100);
                    meter.appended(size);
                    plain.put(++last, size);
                }
            }
            assertThat(meter.count()).isEqualTo(plain.size());
            assertThat(meter.bytes())
                    .isEqualTo(plain.values().stream().mapToLong(each -> each).sum());
        }
    }

    @Test
    void keepsWhatFitsFromTheEnd() {
        RingMeter meter = new RingMeter();
        for (int size : new int[]{10, 20, 30, 40}) {
            meter.appended(size);
        }

        assertThat(meter.firstThatFits(4, 70)).isEqualTo(3);
        assertThat(meter.firstThatFits(4, 39)).isEqualTo(5);
        assertThat(meter.firstThatFits(3, 1_000)).isEqualTo(1);
    }
}

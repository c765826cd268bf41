package io.quorate.kv.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sparse index against one that remembers every record. */
class EntryIndexTest {

    private static final int STEPS = 400;
    private static final int SEGMENT_BYTES = 200_000;

    private record Written(long index, long position) {}

    private static final class Compared {

        private final Random random;
        private final EntryIndex index = new EntryIndex();
        private final List<Written> log = new ArrayList<>();
        private final TreeMap<Long, Long> truth = new TreeMap<>();
        private long sequence = 1;
        private long offset;
        private long oldest = 1;

        Compared(long seed) {
            random = new Random(seed);
        }

        private long nextPosition() {
            offset += 8L * random.nextInt(1, 2000);
            if (offset > SEGMENT_BYTES) {
                sequence++;
                offset = 64;
            }
            return Position.of(sequence, offset);
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 -> truncate();
                case 1 -> copyOldest();
                case 2 -> dropOldest();
                default -> append();
            }
        }

        private void append() {
            long next = truth.isEmpty() ? 1 : truth.lastKey() + 1;
            long position = nextPosition();
            index.append(next, position);
            log.add(new Written(next, position));
            truth.put(next, position);
        }

        private void truncate() {
            long last = truth.isEmpty() ? 0 : truth.lastKey();
            long from = last + 1 - random.nextInt(6);
            index.truncateFrom(from);
            truth.tailMap(from, true).clear();
        }

        /** As the log does, only from a segment that is no longer written. */
        private void copyOldest() {
            if (oldest == sequence) {
                return;
            }
            for (EntryIndex.Range range : index.standingIn(oldest, 0)) {
                for (long i = range.first(); i <= range.last(); i++) {
                    long position = nextPosition();
                    index.copy(i, position);
                    log.add(new Written(i, position));
                    truth.put(i, position);
                    if (random.nextInt(10) == 0) {
                        append();
                    }
                }
            }
        }

        private void dropOldest() {
            if (oldest < sequence) {
                oldest++;
                index.dropBelowSegment(oldest);
                truth.values().removeIf(position -> Position.sequence(position) < oldest);
            }
        }

        /** Walks as a reader does: from the point forward to the first record with the index. */
        void verify(String seed) {
            truth.forEach((entry, position) -> {
                long point = index.locate(entry);
                assertThat(point).as("%s entry %s", seed, entry).isBetween(1L, position);
                assertThat(Position.sequence(point)).isEqualTo(Position.sequence(position));
                long found = log.stream().filter(w -> w.index() == entry && w.position() >= point)
                        .mapToLong(Written::position).findFirst().orElseThrow();
                assertThat(found).as("%s entry %s", seed, entry).isEqualTo(position);
            });
            long last = truth.isEmpty() ? 0 : truth.lastKey();
            assertThat(index.last()).as(seed).isEqualTo(last);
            assertThat(index.locate(last + 1)).as(seed).isEqualTo(EntryIndex.NOWHERE);
            long first = last + 1;
            while (truth.containsKey(first - 1)) {
                first--;
            }
            assertThat(index.firstOfUnbroken(last)).as(seed).isEqualTo(first);
            List<Long> inOldest = index.standingIn(oldest, 0).stream()
                    .flatMap(range -> LongStream.rangeClosed(range.first(), range.last()).boxed())
                    .toList();
            assertThat(inOldest).as(seed).containsExactlyElementsOf(truth.entrySet().stream()
                    .filter(e -> Position.sequence(e.getValue()) == oldest).map(e -> e.getKey())
                    .toList());
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itFindsWhatACompleteIndexFinds(int seed) {
        Compared compared = new Compared(seed);
        for (int i = 0; i < STEPS; i++) {
            compared.step();
            if (i % 10 == 0) {
                compared.verify("seed " + seed + " step " + i);
            }
        }
        compared.verify("seed " + seed);
    }

    @Test
    void aRemovalIsSeenByWhoReads() {
        EntryIndex index = new EntryIndex();
        index.append(1, Position.of(1, 64));
        index.append(2, Position.of(1, 128));
        long before = index.removals();

        index.append(3, Position.of(1, 192));
        assertThat(index.removals()).isEqualTo(before);
        index.append(2, Position.of(1, 256));
        assertThat(index.removals()).isNotEqualTo(before);
    }
}

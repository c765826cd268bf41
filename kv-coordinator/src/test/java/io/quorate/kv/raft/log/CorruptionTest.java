package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.DIRECTORY;
import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.entries;
import static io.quorate.kv.raft.log.LogFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import io.quorate.kv.raft.log.LogFailure.UnknownFormat;
import io.quorate.kv.raft.log.LogFiles.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Damage below a durable position is refused with its place; damage above is a torn end and is cut off. */
class CorruptionTest {

    private static final int FLIPS = 300;
    private static final int MAGIC_AT = 20;

    private final FaultyLogFiles files = new FaultyLogFiles(new Random(5));

    private record Place(Path file, int start, int end) {}

    /** A log of several segments, closed in order: all of it but its closing mark is claimed. */
    private void writeSeveralSegments() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        for (int i = 1; i <= 100; i++) {
            group.append(i, 1, bytes("entry " + i + " " + "x".repeat(i * 3)));
            group.flush();
        }
        log.close();
    }

    /** Where records stand, found by walking their lengths. */
    private List<Place> records() throws IOException {
        List<Place> places = new ArrayList<>();
        for (Path file : LogFixture.segments(files)) {
            ByteBuffer content = ByteBuffer.wrap(files.contents(file));
            int at = SegmentHeader.BYTES;
            while (at + RecordHeader.BYTES <= content.capacity()
                    && RecordHeader.hasMagic(content, at)) {
                int end = at + RecordHeader.decode(content, at).recordBytes();
                places.add(new Place(file, at, end));
                at = end;
            }
        }
        return places;
    }

    /** Without its magic a segment's last record looks like unused space, and the next segment is named. */
    private static int besideMagic(int offset) {
        return offset < MAGIC_AT ? offset : offset + Integer.BYTES;
    }

    private static void assertCorrupt(ThrowingCallable opening, Path file, long offset) {
        assertThatThrownBy(opening).isInstanceOfSatisfying(RaftLogException.class,
                e -> assertThat(e.failure()).isInstanceOfSatisfying(CorruptLog.class, corrupt -> {
                    assertThat(corrupt.file()).isEqualTo(file);
                    assertThat(corrupt.offset()).isEqualTo(offset);
                }));
    }

    @Test
    void aFlippedBitBelowADurablePositionIsRefusedWithItsPlace() throws IOException {
        writeSeveralSegments();
        List<Place> claimed = records();
        claimed.removeLast();
        Random random = new Random(11);

        for (int i = 0; i < FLIPS; i++) {
            Place hit = claimed.get(random.nextInt(claimed.size()));
            int offset = hit.start()
                    + besideMagic(random.nextInt(hit.end() - hit.start() - Integer.BYTES));
            int bit = random.nextInt(8);
            files.flipBit(hit.file(), offset, bit);

            assertCorrupt(() -> open(files), hit.file(), hit.start());
            files.flipBit(hit.file(), offset, bit);
        }
        assertThat(open(files).group(1).recovered().entries()).hasSize(100);
    }

    @Test
    void aRecordWithoutItsMagicIsRefused() throws IOException {
        writeSeveralSegments();
        List<Place> claimed = records();
        claimed.removeLast();
        for (Place hit : claimed) {
            files.flipBit(hit.file(), hit.start() + MAGIC_AT, 0);
            assertThatThrownBy(() -> open(files)).isInstanceOfSatisfying(RaftLogException.class,
                    e -> assertThat(e.failure()).isInstanceOf(CorruptLog.class));
            files.flipBit(hit.file(), hit.start() + MAGIC_AT, 0);
        }
    }

    @Test
    void aRefusedLogIsLeftAsItIs() throws IOException {
        writeSeveralSegments();
        Place hit = records().get(3);
        files.flipBit(hit.file(), hit.start() + 5, 1);
        List<Path> before = files.list(DIRECTORY);
        byte[] content = files.contents(hit.file());

        assertCorrupt(() -> open(files), hit.file(), hit.start());

        assertThat(files.list(DIRECTORY)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(files.contents(hit.file())).isEqualTo(content);
    }

    @Test
    void aFlippedBitInTheUnclaimedLastBatchCutsItOff() throws IOException {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        group.append(1, 1, bytes("claimed by the next"));
        group.flush();
        group.append(2, 1, bytes("last"));
        group.flush();
        Place last = records().getLast();
        FaultyLogFiles next = files.kill();
        next.flipBit(last.file(), last.end() - 7, 3);

        assertThat(entries(open(next).group(1).recovered()))
                .containsExactly("1:1:claimed by the next");
    }

    @Test
    void afterACleanCloseTheLastBatchIsClaimed() throws IOException {
        SegmentedRaftLog log = open(files);
        log.group(1).append(1, 1, bytes("last"));
        log.group(1).flush();
        Place last = records().getLast();
        log.close();
        files.flipBit(last.file(), last.start() + RecordHeader.BYTES, 3);

        assertCorrupt(() -> open(files), last.file(), last.start());
    }

    @Test
    void anIdleLogClaimsItsLastBatch() throws IOException {
        SegmentedRaftLog log = open(files);
        log.maintain();
        log.group(1).append(1, 1, bytes("last"));
        log.group(1).flush();
        Place last = records().getLast();
        log.maintain();
        log.maintain();
        FaultyLogFiles next = files.kill();
        next.flipBit(last.file(), last.start() + RecordHeader.BYTES, 3);

        assertCorrupt(() -> open(next), last.file(), last.start());
    }

    @Test
    void damageToASegmentHeaderIsRefused() throws IOException {
        writeSeveralSegments();
        Path segment = LogFixture.segments(files).get(1);
        for (int offset = 0; offset < SegmentHeader.BYTES; offset++) {
            files.flipBit(segment, offset, offset % 8);
            assertCorrupt(() -> open(files), segment, 0);
            files.flipBit(segment, offset, offset % 8);
        }
    }

    @Test
    void aMissingSegmentIsRefused() throws IOException {
        writeSeveralSegments();
        List<Path> segments = LogFixture.segments(files);
        files.delete(segments.get(1));
        assertCorrupt(() -> open(files), segments.getFirst(), 0);
    }

    @Test
    void theMissingFirstSegmentIsRefused() throws IOException {
        writeSeveralSegments();
        Path first = LogFixture.segments(files).getFirst();
        files.delete(first);
        assertCorrupt(() -> open(files), first, 0);
    }

    @Test
    void aCutSegmentIsRefused() throws IOException {
        writeSeveralSegments();
        Place place = records().get(4);
        try (LogFile file = files.open(place.file(), Mode.WRITE)) {
            file.truncate(place.end() - 3L);
        }
        assertCorrupt(() -> open(files), place.file(), place.start());
    }

    @Test
    void aNewerFormatIsRefusedAsSuch() throws IOException {
        writeSeveralSegments();
        Path first = LogFixture.segments(files).getFirst();
        ByteBuffer header = ByteBuffer.wrap(files.contents(first)).limit(SegmentHeader.BYTES);
        header.putInt(8, 2);
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, SegmentHeader.BYTES - 4));
        header.putInt(SegmentHeader.BYTES - 4, (int) crc.getValue());
        try (LogFile file = files.open(first, Mode.WRITE)) {
            file.writeFully(header, 0);
        }

        assertThatThrownBy(() -> open(files)).isInstanceOfSatisfying(RaftLogException.class,
                e -> assertThat(e.failure()).isEqualTo(new UnknownFormat(first, 2)));
    }

    @Test
    void recordsStoredAsPayloadAreNeverTakenForRecords() throws IOException {
        FaultyLogFiles elsewhere = new FaultyLogFiles(new Random(6));
        SegmentedRaftLog foreign = open(elsewhere, LogFixture.settings(99));
        foreign.group(1).append(1, 1, bytes("a"));
        foreign.group(1).flush();
        foreign.group(1).append(2, 1, bytes("b"));
        foreign.group(1).flush();
        byte[] forged = ByteBuffer.allocate(512)
                .put(elsewhere.contents(LogFixture.segments(elsewhere).getFirst()),
                        SegmentHeader.BYTES, 512)
                .array();
        SegmentedRaftLog log = open(files);
        log.group(1).append(1, 1, forged);
        log.group(1).flush();
        Place last = records().getLast();
        FaultyLogFiles next = files.kill();
        next.flipBit(last.file(), last.start() + 1, 0);

        assertThat(open(next).group(1).recovered().entries()).isEmpty();
    }

    @Test
    void aRecordOfAnotherPlaceOrLifeIsNotARecord() {
        ByteBuffer record = ByteBuffer.allocate(RecordHeader.BYTES);
        RecordHeader.Seal seal = new RecordHeader.Seal();
        new RecordHeader(0, 0, RecordType.MARK.code, RecordType.NO_GROUP, 0, 0, 0).encode(record,
                0);
        seal.apply(record, 0, 77, Position.of(3, 64), Position.of(2, 800));

        assertThat(seal.holds(record, 0, 77, Position.of(3, 64))).isTrue();
        assertThat(seal.holds(record, 0, 78, Position.of(3, 64))).isFalse();
        assertThat(seal.holds(record, 0, 77, Position.of(3, 72))).isFalse();
        assertThat(seal.holds(record, 0, 77, Position.of(4, 64))).isFalse();
    }
}

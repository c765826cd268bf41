package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log's size bounded: while more is sealed than is to be retained, the oldest segment goes. What a group
 * still needs of it is asked for as a snapshot first and copied to the log's end when {@link #PATIENCE_SEGMENTS} more
 * have been sealed. For one thread.
 */
final class Reclamation {

    /** How many segments above the retention a group has time to answer with a snapshot. */
    private static final int PATIENCE_SEGMENTS = 2;
    /** How many sealed segments there may be, however small: every start makes one. */
    private static final int SEGMENTS_MAX = 256;
    /** How much is copied before others may write again. */
    private static final int COPY_BYTES = 1 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final Logger LOG = LoggerFactory.getLogger(Reclamation.class);

    private final SegmentStore store;
    private final GroupStates states;
    private final GroupCommit commit;
    private final EntryReader reader;
    private final RecordBuffer records = new RecordBuffer(COPY_BYTES);
    private final Ticket ticket = new Ticket(records);
    private long askedFor;

    Reclamation(SegmentStore store, GroupStates states, GroupCommit commit, EntryReader reader) {
        this.store = store;
        this.states = states;
        this.commit = commit;
        this.reader = reader;
    }

    /** Removes what may go. Copies at most one segment's entries, so that copying never outruns writing. */
    void run() throws IOException {
        boolean copied = false;
        while (exceeds(0)) {
            Segment victim = store.oldest();
            List<GroupState> pinning = states.all().stream()
                    .filter(group -> !group.neededFrom(victim.sequence()).isEmpty()).toList();
            if (!pinning.isEmpty()) {
                if (copied || !exceeds(PATIENCE_SEGMENTS)) {
                    askForSnapshots(victim.sequence(), pinning);
                    return;
                }
                pinning.forEach(group -> copyForward(group, victim.sequence()));
                copied = true;
            }
            retire(victim);
        }
    }

    /** Whether more is sealed than is to be retained, and so many segments beyond that. */
    private boolean exceeds(int segments) {
        LogSettings settings = store.context().settings();
        long bytes = settings.retentionBytes() + (long) segments * settings.segmentBytes();
        int count = store.sealedCount();
        return count > 0 && (store.sealedBytes() > bytes || count > SEGMENTS_MAX + segments);
    }

    private void askForSnapshots(long sequence, List<GroupState> pinning) {
        if (askedFor >= sequence) {
            return;
        }
        askedFor = sequence;
        for (GroupState group : pinning) {
            for (EntryIndex.Range range : group.neededFrom(sequence)) {
                store.context().listener().snapshotWanted(group.groupId(), range.last());
            }
        }
    }

    /** In steps, each alone at the log's end: between finding an entry and copying it nothing may remove it. */
    private void copyForward(GroupState group, long sequence) {
        boolean[] more = {true};
        while (more[0]) {
            commit.exclusively(ticket, tail -> {
                records.clear();
                List<EntryIndex.Range> ranges = group.neededFrom(sequence);
                more[0] = !ranges.isEmpty();
                if (more[0]) {
                    copy(group, ranges.getFirst());
                    commitCopies(group, tail);
                }
            });
        }
    }

    /** The old place counts until the new one is on disk: a reader in between must find the entry. */
    private void commitCopies(GroupState group, LogTail tail) throws IOException {
        record Copy(RecordHeader header, long position) {}
        List<Copy> copies = new ArrayList<>();
        tail.commit(List.of(records),
                (header, payload, position) -> copies.add(new Copy(header, position)));
        copies.forEach(
                copy -> group.apply(RecordType.COPY, copy.header(), NOTHING, copy.position()));
        store.context().listener().copiedForward(group.groupId(), records.bytes());
    }

    private void copy(GroupState group, EntryIndex.Range range) {
        long next = reader.read(group, range.first(), range.last() + 1, (header, payload) -> {
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            records.add(RecordType.COPY, group.groupId(), header.index(), header.term(), copy);
            return records.bytes() < COPY_BYTES;
        });
        if (next == range.first()) {
            throw new IllegalStateException(
                    "entry " + next + " of group " + group.groupId() + " cannot be copied");
        }
    }

    /** Repeats small state, says durably where the log now begins, and only then lets the file go. */
    private void retire(Segment victim) throws IOException {
        long head = victim.sequence() + 1;
        commit.exclusively(ticket, tail -> {
            records.clear();
            for (GroupState group : states.all()) {
                if (!group.neededFrom(victim.sequence()).isEmpty()) {
                    throw new IllegalStateException("segment " + victim.path() + " is needed");
                }
                group.repeatBelow(head, records);
            }
            records.add(RecordType.HEAD, RecordType.NO_GROUP, head, 0, new byte[0]);
            tail.commit(List.of(records));
            states.dropBelowSegment(head);
        });
        store.removeOldest();
        LOG.debug("segment retired path={} bytes={}", victim.path(), victim.fileBytes());
    }
}

package io.quorate.kv.raft.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What one group's log must hold: drives the log with random but legal changes and keeps every state that a crash may
 * leave behind, from the last one acknowledged to the last one asked for.
 */
final class GroupModel {

    /** A group's whole state in a form that compares by value. */
    record Image(String members, long term, String votedFor, long snapshotIndex, long snapshotTerm,
            String snapshot,
            SequencedMap<Long, String> entries) {

        static final Image EMPTY = new Image("", 0, "", 0, 0, "", new TreeMap<>());

        static Image of(RecoveredGroup group) {
            TreeMap<Long, String> entries = new TreeMap<>();
            group.entries().forEach(
                    e -> entries.put(e.index(), e.term() + ":" + LogFixture.text(e.payload())));
            Optional<SnapshotMark> base = group.snapshot();
            return new Image(group.members().map(LogFixture::text).orElse(""), group.term(),
                    LogFixture.text(group.votedFor()), base.map(SnapshotMark::index).orElse(0L),
                    base.map(SnapshotMark::term).orElse(0L),
                    base.map(s -> LogFixture.text(s.snapshot())).orElse(""),
                    entries);
        }

        long lastIndex() {
            return entries.isEmpty() ? snapshotIndex : entries.lastEntry().getKey();
        }

        private Image withEntries(SequencedMap<Long, String> changed) {
            return new Image(members, term, votedFor, snapshotIndex, snapshotTerm, snapshot,
                    changed);
        }
    }

    private final int groupId;
    private final RandomGenerator random;
    private final Deque<Image> possible = new ArrayDeque<>(List.of(Image.EMPTY));

    GroupModel(int groupId, RandomGenerator random) {
        this.groupId = groupId;
        this.random = random;
    }

    /** One random change; it becomes possible before it is asked for, since asking may already write it. */
    void change(GroupLog log) {
        Image now = possible.getLast();
        switch (random.nextInt(20)) {
            case 0 -> vote(log, now);
            case 1 -> truncate(log, now);
            case 2 -> snapshot(log, now);
            case 3 -> replaceSometimes(log, now);
            case 4 -> members(log, now);
            default -> append(log, now);
        }
    }

    private void vote(GroupLog log, Image now) {
        long term = now.term() + random.nextInt(3);
        String vote = "n" + random.nextInt(5);
        possible.add(new Image(now.members(), term, vote, now.snapshotIndex(), now.snapshotTerm(),
                now.snapshot(),
                now.entries()));
        log.persistVote(term, LogFixture.bytes(vote));
    }

    private void members(GroupLog log, Image now) {
        String members = "m" + random.nextInt(1000);
        possible.add(new Image(members, now.term(), now.votedFor(), now.snapshotIndex(),
                now.snapshotTerm(),
                now.snapshot(), now.entries()));
        log.persistMembers(LogFixture.bytes(members));
    }

    private void truncate(GroupLog log, Image now) {
        long from = now.lastIndex() + 1 - random.nextInt(now.entries().size() + 1);
        possible.add(now
                .withEntries(new TreeMap<>(((TreeMap<Long, String>) now.entries()).headMap(from))));
        log.truncateFrom(from);
    }

    private void snapshot(GroupLog log, Image now) {
        long index = now.snapshotIndex() + random.nextInt(now.entries().size() + 1)
                + (random.nextInt(10) == 0 ? 20 : 0);
        String image = "s" + index;
        TreeMap<Long, String> left = new TreeMap<>(
                ((TreeMap<Long, String>) now.entries()).tailMap(index, false));
        possible.add(new Image(now.members(), now.term(), now.votedFor(), index, now.term(), image,
                left));
        log.persistSnapshot(index, now.term(), LogFixture.bytes(image));
        log.releaseBefore(index);
    }

    private void replaceSometimes(GroupLog log, Image now) {
        if (random.nextInt(4) > 0) {
            append(log, now);
            return;
        }
        Image whole = new Image(now.members(), now.term() + 1, "",
                Math.max(now.snapshotIndex(), now.lastIndex() - 2 + random.nextInt(6)), now.term(),
                "installed", new TreeMap<>());
        possible.add(whole);
        log.replaceState(new RecoveredGroup(groupId,
                Optional.of(whole.members()).filter(m -> !m.isEmpty()).map(LogFixture::bytes),
                whole.term(),
                new byte[0],
                Optional.of(new SnapshotMark(whole.snapshotIndex(), whole.snapshotTerm(),
                        LogFixture.bytes(whole.snapshot()))),
                List.of()));
    }

    private void append(GroupLog log, Image now) {
        long index = now.lastIndex() + 1;
        String payload = "g" + groupId + "i" + index + "r" + random.nextInt()
                + "x".repeat(random.nextInt(400));
        TreeMap<Long, String> more = new TreeMap<>(now.entries());
        more.put(index, now.term() + ":" + payload);
        possible.add(now.withEntries(more));
        log.append(index, now.term(), LogFixture.bytes(payload));
    }

    void flush(GroupLog log) {
        log.flush();
        while (possible.size() > 1) {
            possible.removeFirst();
        }
    }

    /** Whether a crash may have left this, and if so the model goes on from it. */
    boolean accepts(RecoveredGroup found) {
        Image image = Image.of(found);
        if (!possible.contains(image)) {
            return false;
        }
        possible.clear();
        possible.add(image);
        return true;
    }

    /** What was acknowledged and what may be there instead, short enough to read. */
    String describe() {
        return Stream.of(possible.getFirst(), possible.getLast())
                .map(image -> "term " + image.term() + " vote " + image.votedFor() + " snapshot "
                        + image.snapshotIndex() + " last " + image.lastIndex())
                .toList().toString();
    }

    /** Whether every entry above the snapshot reads from disk as it should; to be asked after a flush. */
    boolean reads(GroupLog log) {
        Image now = possible.getLast();
        TreeMap<Long, String> found = new TreeMap<>();
        log.readEntries(now.snapshotIndex() + 1, now.lastIndex() + 1, Integer.MAX_VALUE,
                (index, term, payload) -> found.put(index, term + ":" + LogFixture.text(payload)));
        return found.equals(now.entries());
    }
}

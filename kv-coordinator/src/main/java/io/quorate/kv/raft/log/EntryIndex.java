package io.quorate.kv.raft.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where one group's entries stand, sparsely: a point at the start of every run, in every segment and every 64 KiB. A
 * reader starts at the point and walks forward to its entry.
 *
 * <p>
 * A run is a stretch of consecutive indexes written at rising positions with no removal in between, so the first
 * record met with an index, walking from a point of its run, is the entry that counts. Not thread-safe.
 */
final class EntryIndex {

    static final long POINT_EVERY_BYTES = 64 << 10;
    static final long NOWHERE = -1;

    /** Sorted by index, without overlap. */
    private final List<Run> runs = new ArrayList<>();
    private long removals;

    /** A range of indexes, both ends included. */
    record Range(long first, long last) {}

    long last() {
        return runs.isEmpty() ? 0 : runs.getLast().last;
    }

    /** A new entry: what stood at its index and above is gone. */
    void append(long index, long position) {
        truncateFrom(index);
        Run tail = runs.isEmpty() ? null : runs.getLast();
        if (tail != null && tail.open && tail.last == index - 1) {
            tail.extend(index, position);
        } else {
            runs.add(new Run(index, position));
        }
    }

    /** The entry at {@code index} now stands at {@code position}, too. */
    void copy(long index, long position) {
        int at = cutOut(index);
        Run before = at == 0 ? null : runs.get(at - 1);
        if (before != null && before.open && before.last == index - 1) {
            before.extend(index, position);
        } else {
            runs.add(at, new Run(index, position));
        }
    }

    /** Removes one index from the run that has it; returns where in the list a run for it belongs. */
    private int cutOut(long index) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (run.first > index) {
                return i;
            }
            if (run.last < index) {
                continue;
            }
            if (run.first == index && run.last == index) {
                runs.remove(i);
                return i;
            }
            if (run.first == index) {
                run.first++;
                return i;
            }
            if (run.last > index) {
                runs.add(i + 1, run.tailFrom(index + 1));
            }
            run.last = index - 1;
            run.open = false;
            return i + 1;
        }
        return runs.size();
    }

    void truncateFrom(long index) {
        boolean removed = false;
        while (!runs.isEmpty() && runs.getLast().last >= index) {
            removed = true;
            Run tail = runs.getLast();
            if (tail.first >= index) {
                runs.removeLast();
            } else {
                tail.last = index - 1;
            }
        }
        if (removed) {
            removals++;
            if (!runs.isEmpty()) {
                runs.getLast().open = false;
            }
        }
    }

    void clear() {
        removals++;
        runs.clear();
    }

    /** Changes whenever an entry is removed or replaced: what was read before and after may not fit together. */
    long removals() {
        return removals;
    }

    /** Forgets what stands in segments below {@code sequence}. */
    void dropBelowSegment(long sequence) {
        runs.removeIf(run -> !run.dropBelowSegment(sequence));
    }

    /** A position at or before the entry's, to walk forward from, or {@link #NOWHERE}. */
    long locate(long index) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            Run run = runs.get(i);
            if (run.first <= index) {
                return index <= run.last ? run.pointAtOrBefore(index) : NOWHERE;
            }
        }
        return NOWHERE;
    }

    /** The lowest index from which everything up to {@code last} is here; {@code last + 1} if not even that is. */
    long firstOfUnbroken(long last) {
        long first = last + 1;
        for (int i = runs.size() - 1; i >= 0 && runs.get(i).last >= first - 1; i--) {
            first = Math.min(first, runs.get(i).first);
        }
        return first;
    }

    /** The entries at or above {@code floor} that stand in the segment. */
    List<Range> standingIn(long sequence, long floor) {
        List<Range> ranges = new ArrayList<>();
        for (Run run : runs) {
            run.standingIn(sequence, floor, ranges);
        }
        return ranges;
    }

    private static final class Run {

        private static final int INITIAL_POINTS = 4;

        private long first;
        private long last;
        /** Whether the next index may be written into this run. */
        private boolean open = true;
        private int points;
        private long[] pointIndexes;
        private long[] pointPositions;

        Run(long index, long position) {
            first = index;
            last = index;
            pointIndexes = new long[INITIAL_POINTS];
            pointPositions = new long[INITIAL_POINTS];
            addPoint(index, position);
        }

        private Run(Run whole, long from) {
            first = from;
            last = whole.last;
            open = whole.open;
            int keep = Math.max(0, whole.pointSlot(from));
            points = whole.points - keep;
            pointIndexes = Arrays.copyOfRange(whole.pointIndexes, keep, whole.points);
            pointPositions = Arrays.copyOfRange(whole.pointPositions, keep, whole.points);
        }

        Run tailFrom(long from) {
            return new Run(this, from);
        }

        void extend(long index, long position) {
            last = index;
            long latest = pointPositions[points - 1];
            if (Position.sequence(position) != Position.sequence(latest)
                    || position - latest >= POINT_EVERY_BYTES) {
                addPoint(index, position);
            }
        }

        private void addPoint(long index, long position) {
            if (points == pointIndexes.length) {
                pointIndexes = Arrays.copyOf(pointIndexes, Math.max(INITIAL_POINTS, points * 2));
                pointPositions = Arrays.copyOf(pointPositions,
                        Math.max(INITIAL_POINTS, points * 2));
            }
            pointIndexes[points] = index;
            pointPositions[points] = position;
            points++;
        }

        private int pointSlot(long index) {
            int slot = Arrays.binarySearch(pointIndexes, 0, points, index);
            return slot >= 0 ? slot : -slot - 2;
        }

        long pointAtOrBefore(long index) {
            return pointPositions[pointSlot(index)];
        }

        boolean dropBelowSegment(long sequence) {
            int keep = 0;
            while (keep < points && Position.sequence(pointPositions[keep]) < sequence) {
                keep++;
            }
            if (keep == 0) {
                return true;
            }
            if (keep == points || pointIndexes[keep] > last) {
                return false;
            }
            first = Math.max(first, pointIndexes[keep]);
            points -= keep;
            pointIndexes = Arrays.copyOfRange(pointIndexes, keep, keep + points);
            pointPositions = Arrays.copyOfRange(pointPositions, keep, keep + points);
            return true;
        }

        void standingIn(long sequence, long floor, List<Range> ranges) {
            int from = 0;
            while (from < points && Position.sequence(pointPositions[from]) < sequence) {
                from++;
            }
            int to = from;
            while (to < points && Position.sequence(pointPositions[to]) == sequence) {
                to++;
            }
            if (from < to) {
                long low = Math.max(Math.max(first, pointIndexes[from]), floor);
                long high = to == points ? last : Math.min(last, pointIndexes[to] - 1);
                if (low <= high) {
                    ranges.add(new Range(low, high));
                }
            }
        }
    }
}

package io.quorate.kv.raft.hazelcast;

/** Sizes of the entries that the engine keeps in memory: a growing circular array, oldest first. */
final class RingMeter {
    private int[] sizes = new int[256];
    private int head;
    private int count;
    private long firstIndex = 1;
    private long bytes;

    long bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    /** Index of the oldest entry in memory; the next to come if there is none. */
    long firstIndex() {
        return firstIndex;
    }

    void appended(int size) {
        if (count == sizes.length) {
            grow();
        }
        sizes[head + count & sizes.length - 1] = size;
        count++;
        bytes += size;
    }

    void truncatedFrom(long index) {
        while (count > 0 && firstIndex + count > index) {
            count--;
            bytes -= sizes[head + count & sizes.length - 1];
        }
    }

    void releasedUpTo(long index) {
        while (count > 0 && firstIndex <= index) {
            bytes -= sizes[head];
            head = head + 1 & sizes.length - 1;
            count--;
            firstIndex++;
        }
    }

    /** Starts over with nothing in memory below this index. */
    void reset(long nextIndex) {
        head = 0;
        count = 0;
        bytes = 0;
        firstIndex = nextIndex;
    }

    /** The lowest index such that it and those after it, up to {@code last}, fit into this many bytes. */
    long firstThatFits(long last, long budget) {
        long left = budget;
        long index = last;
        while (index >= firstIndex && left >= size(index)) {
            left -= size(index);
            index--;
        }
        return index + 1;
    }

    private int size(long index) {
        return sizes[head + (int) (index - firstIndex) & sizes.length - 1];
    }

    private void grow() {
        int[] larger = new int[sizes.length * 2];
        for (int i = 0; i < count; i++) {
            larger[i] = sizes[head + i & sizes.length - 1];
        }
        sizes = larger;
        head = 0;
    }
}

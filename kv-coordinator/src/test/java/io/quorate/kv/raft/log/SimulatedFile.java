package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** One file of {@link FaultyLogFiles}: what readers see, what is on the platter, and which sectors differ. */
final class SimulatedFile {

    static final int SECTOR_BYTES = 512;

    private byte[] cached = new byte[0];
    private int cachedSize;
    private byte[] onDisk = new byte[0];
    private int onDiskSize;
    /** Sectors a force would write. A failed force empties this without writing them. */
    private final BitSet dirty = new BitSet();
    private boolean sizeDirty;

    int size() {
        return cachedSize;
    }

    byte[] contents() {
        return Arrays.copyOf(cached, cachedSize);
    }

    void write(byte[] bytes, int position) {
        if (bytes.length == 0) {
            return;
        }
        int end = position + bytes.length;
        if (end > cached.length) {
            cached = Arrays.copyOf(cached, Math.max(end, cached.length * 2));
        }
        System.arraycopy(bytes, 0, cached, position, bytes.length);
        sizeDirty |= end > cachedSize;
        cachedSize = Math.max(cachedSize, end);
        dirty.set(position / SECTOR_BYTES, (end - 1) / SECTOR_BYTES + 1);
    }

    int read(ByteBuffer target, long position) {
        if (position >= cachedSize) {
            return -1;
        }
        int bytes = (int) Math.min(target.remaining(), cachedSize - position);
        target.put(cached, (int) position, bytes);
        return bytes;
    }

    void truncate(int size) {
        if (size < cachedSize) {
            Arrays.fill(cached, size, cachedSize, (byte) 0);
            cachedSize = size;
            sizeDirty = true;
        }
    }

    void force() {
        dirty.stream().forEach(this::persist);
        dirty.clear();
        persistSize();
    }

    void loseUnforced() {
        dirty.clear();
        sizeDirty = false;
    }

    private void persist(int sector) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(from + SECTOR_BYTES, cached.length);
        if (from < to) {
            growDisk(to);
            System.arraycopy(cached, from, onDisk, from, to - from);
        }
    }

    private void persistSize() {
        if (sizeDirty) {
            growDisk(cachedSize);
            if (cachedSize < onDiskSize) {
                Arrays.fill(onDisk, cachedSize, onDiskSize, (byte) 0);
            }
            onDiskSize = cachedSize;
            sizeDirty = false;
        }
    }

    private void growDisk(int size) {
        if (size > onDisk.length) {
            onDisk = Arrays.copyOf(onDisk, Math.max(size, onDisk.length * 2));
        }
    }

    /** Each unforced sector stays old, becomes new, or is torn: a part new, and what would have changed behind it any. */
    SimulatedFile afterPowerLoss(RandomGenerator random) {
        int mood = random.nextInt(4);
        dirty.stream().forEach(sector -> {
            switch (mood) {
                case 0 -> {
                }
                case 1 -> persist(sector);
                default -> {
                    int fate = random.nextInt(5);
                    if (fate >= 3) {
                        persist(sector);
                    } else if (fate == 2) {
                        tear(sector, random);
                    }
                }
            }
        });
        if (random.nextBoolean()) {
            persistSize();
        }
        SimulatedFile survivor = new SimulatedFile();
        survivor.onDisk = Arrays.copyOf(onDisk, onDiskSize);
        survivor.onDiskSize = onDiskSize;
        survivor.cached = Arrays.copyOf(onDisk, onDiskSize);
        survivor.cachedSize = onDiskSize;
        return survivor;
    }

    private void tear(int sector, RandomGenerator random) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(from + SECTOR_BYTES, cached.length);
        growDisk(Math.max(from, to));
        int torn = from + random.nextInt(SECTOR_BYTES);
        boolean garbage = random.nextBoolean();
        for (int i = from; i < to; i++) {
            if (i < torn) {
                onDisk[i] = cached[i];
            } else if (garbage && onDisk[i] != cached[i]) {
                onDisk[i] = (byte) random.nextInt();
            }
        }
    }

    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.cached = cached.clone();
        copy.cachedSize = cachedSize;
        copy.onDisk = onDisk.clone();
        copy.onDiskSize = onDiskSize;
        copy.dirty.or(dirty);
        copy.sizeDirty = sizeDirty;
        return copy;
    }

    void flipBit(int offset, int bit) {
        cached[offset] ^= (byte) (1 << bit);
        if (offset < onDisk.length) {
            onDisk[offset] ^= (byte) (1 << bit);
        }
    }
}

package io.quorate.kv.raft.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that fails as real ones do. What was not forced may be lost, kept or torn, sector by sector and in
 * any order between files; so may creations, renames and removals in a directory that was not synced. A failed force
 * leaves its pages in the cache, readable and counted as clean, but not on disk. Writes may be short, space may end.
 *
 * <p>
 * One instance is one machine; {@link #powerLoss} and {@link #kill} give the machine as the next process finds it, and
 * the old instance fails from then on. Thread-safe.
 */
public final class FaultyLogFiles implements LogFiles {

    private static final long NEVER = Long.MAX_VALUE;
    /** What any call other than a write takes off the budget of {@link #cutPowerAfter}. */
    private static final long CALL_COST = 64;

    private final Map<Path, SimulatedFile> visible = new HashMap<>();
    private final Map<Path, SimulatedFile> durable = new HashMap<>();
    private final List<DirectoryChange> unsynced = new ArrayList<>();
    private final RandomGenerator random;
    private long powerBudget = NEVER;
    private boolean dead;
    private long forcesUntilFailure = NEVER;
    private long writesUntilFailure = NEVER;
    private long capacity = NEVER;
    private boolean shortWrites;
    private long forces;
    private Runnable beforeForce = () -> {};

    /** @param random decides about everything that is left to chance */
    public FaultyLogFiles(RandomGenerator random) {
        this.random = random;
    }

    /** The power fails: thrown by the call in which it does and by every later one. */
    public static final class PowerLost extends IOException {
        private static final long serialVersionUID = 1L;

        PowerLost() {
            super("power lost");
        }
    }

    /** A creation, rename or removal that is not yet on disk. A null source creates, a null target removes. */
    private record DirectoryChange(@org.jspecify.annotations.Nullable Path from,
            @org.jspecify.annotations.Nullable Path to, SimulatedFile file) {

        void apply(Map<Path, SimulatedFile> names) {
            if (from != null) {
                names.remove(from, file);
            }
            if (to != null) {
                names.put(to, file);
            }
        }
    }

    /** The force after {@code successes} more fails, and what it should have saved is gone for good. */
    public synchronized void failForceAfter(long successes) {
        forcesUntilFailure = successes;
    }

    /** The write after {@code successes} more fails, having written a part. */
    public synchronized void failWriteAfter(long successes) {
        writesUntilFailure = successes;
    }

    /** From now on a write may write less than it was given. */
    public synchronized void shortenWrites() {
        shortWrites = true;
    }

    /** The disk holds so many bytes in all. */
    public synchronized void limitCapacity(long bytes) {
        capacity = bytes;
    }

    /** Cuts the power in the middle of whatever happens when so many bytes have been written. */
    public synchronized void cutPowerAfter(long bytes) {
        powerBudget = bytes;
    }

    /** Whether the power is gone. */
    public synchronized boolean isDead() {
        return dead;
    }

    /** How many forces were asked for. */
    public synchronized long forces() {
        return forces;
    }

    /** Runs {@code hook} at every force before anything becomes durable, on the thread that forces. */
    public synchronized void beforeForce(Runnable hook) {
        beforeForce = hook;
    }

    /** The machine after a power loss: forced bytes and synced names, and of the rest what chance leaves. */
    public synchronized FaultyLogFiles powerLoss() {
        dead = true;
        FaultyLogFiles next = new FaultyLogFiles(random);
        Map<Path, SimulatedFile> names = new HashMap<>(durable);
        for (DirectoryChange change : unsynced) {
            if (random.nextBoolean()) {
                change.apply(names);
            }
        }
        Map<SimulatedFile, SimulatedFile> survivors = new HashMap<>();
        names.forEach((path, file) -> {
            SimulatedFile survivor = survivors.computeIfAbsent(file,
                    old -> old.afterPowerLoss(random));
            next.visible.put(path, survivor);
            next.durable.put(path, survivor);
        });
        return next;
    }

    /** The machine after the process was killed: everything written is still to be read, forced or not. */
    public synchronized FaultyLogFiles kill() {
        dead = true;
        FaultyLogFiles next = new FaultyLogFiles(random);
        Map<SimulatedFile, SimulatedFile> copies = new HashMap<>();
        visible.forEach((path, file) -> next.visible.put(path,
                copies.computeIfAbsent(file, SimulatedFile::copy)));
        durable.forEach((path, file) -> next.durable.put(path,
                copies.computeIfAbsent(file, SimulatedFile::copy)));
        for (DirectoryChange change : unsynced) {
            next.unsynced.add(new DirectoryChange(change.from(), change.to(),
                    copies.computeIfAbsent(change.file(), SimulatedFile::copy)));
        }
        return next;
    }

    /** Flips one bit, in the cache and on the disk. */
    public synchronized void flipBit(Path file, long offset, int bit) throws IOException {
        find(file).flipBit(Math.toIntExact(offset), bit);
    }

    /** All bytes of a file as a reader sees them. */
    public synchronized byte[] contents(Path file) throws IOException {
        return find(file).contents();
    }

    /** Bytes in all files. */
    public synchronized long usedBytes() {
        return visible.values().stream().distinct().mapToLong(SimulatedFile::size).sum();
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        spend(CALL_COST);
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        spend(0);
        return visible.keySet().stream().filter(path -> directory.equals(path.getParent()))
                .toList();
    }

    @Override
    public synchronized LogFile open(Path path, Mode mode) throws IOException {
        spend(0);
        if (mode != Mode.CREATE) {
            return new Handle(find(path), mode);
        }
        if (visible.containsKey(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        SimulatedFile file = new SimulatedFile();
        change(new DirectoryChange(null, path, file));
        return new Handle(file, mode);
    }

    private SimulatedFile find(Path path) throws IOException {
        SimulatedFile file = visible.get(path);
        if (file == null) {
            throw new FileNotFoundException(path.toString());
        }
        return file;
    }

    private void change(DirectoryChange change) {
        change.apply(visible);
        unsynced.add(change);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        spend(CALL_COST);
        change(new DirectoryChange(from, to, find(from)));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        spend(CALL_COST);
        change(new DirectoryChange(file, null, find(file)));
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        spend(CALL_COST);
        durable.clear();
        durable.putAll(visible);
        unsynced.clear();
    }

    @Override
    public synchronized long freeBytes(Path directory) throws IOException {
        spend(0);
        return capacity == NEVER ? NEVER : capacity - usedBytes();
    }

    /** Takes up to {@code wanted} off the budget; the rest is what the power's end prevents. */
    private long spend(long wanted) throws IOException {
        if (dead) {
            throw new PowerLost();
        }
        if (powerBudget == NEVER || wanted <= powerBudget) {
            powerBudget -= powerBudget == NEVER ? 0 : wanted;
            return wanted;
        }
        dead = true;
        long granted = powerBudget;
        powerBudget = 0;
        return granted;
    }

    private void requirePower() throws PowerLost {
        if (dead) {
            throw new PowerLost();
        }
    }

    private final class Handle implements LogFile {

        private final SimulatedFile file;
        private final Mode mode;
        private boolean open = true;

        Handle(SimulatedFile file, Mode mode) {
            this.file = file;
            this.mode = mode;
        }

        private void requireOpen(boolean forWriting) throws IOException {
            if (!open || (forWriting && mode == Mode.READ)) {
                throw new IOException("not open" + (forWriting ? " for writing" : ""));
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(true);
                int wanted = source.remaining();
                if (shortWrites && wanted > 1) {
                    wanted = 1 + random.nextInt(wanted);
                }
                boolean fails = writesUntilFailure != NEVER && writesUntilFailure-- <= 0;
                if (fails) {
                    wanted = random.nextInt(wanted);
                }
                requireRoom(position + wanted);
                int granted = (int) spend(wanted);
                byte[] bytes = new byte[granted];
                source.get(bytes);
                file.write(bytes, Math.toIntExact(position));
                requirePower();
                if (fails) {
                    throw new IOException("input/output error (scripted)");
                }
                return granted;
            }
        }

        private void requireRoom(long end) throws IOException {
            if (capacity != NEVER && end > file.size()
                    && usedBytes() + end - file.size() > capacity) {
                throw new OutOfSpaceException("no space (scripted)");
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(false);
                spend(0);
                return file.read(target, position);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(true);
                forces++;
                beforeForce.run();
                spend(CALL_COST);
                if (dead) {
                    throw new PowerLost();
                }
                if (forcesUntilFailure != NEVER && forcesUntilFailure-- <= 0) {
                    file.loseUnforced();
                    throw new IOException("fsync failed (scripted)");
                }
                file.force();
            }
        }

        @Override
        public void preallocate(long size) throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(true);
                requireRoom(size);
                spend(CALL_COST);
                requirePower();
                if (size > file.size()) {
                    file.write(new byte[Math.toIntExact(size - file.size())], file.size());
                }
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(true);
                spend(CALL_COST);
                requirePower();
                file.truncate(Math.toIntExact(size));
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (FaultyLogFiles.this) {
                requireOpen(false);
                spend(0);
                return file.size();
            }
        }

        @Override
        public void close() {
            open = false;
        }
    }
}

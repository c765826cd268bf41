package io.quorate.kv.peer.checkpoint;

import java.nio.file.Path;
import java.time.Duration;

/** A checkpoint that lies ready, and who reads it. Guarded by the {@link CheckpointOffers} that holds it. */
final class OfferedCheckpoint {
    private final int group;
    private final Manifest manifest;
    private final Path directory;
    private int readers;
    private long readAt = System.nanoTime();

    OfferedCheckpoint(int group, Manifest manifest, Path directory) {
        this.group = group;
        this.manifest = manifest;
        this.directory = directory;
    }

    int group() {
        return group;
    }

    Manifest manifest() {
        return manifest;
    }

    Path directory() {
        return directory;
    }

    void enter() {
        readers++;
        readAt = System.nanoTime();
    }

    void leave() {
        readers--;
        readAt = System.nanoTime();
    }

    boolean isIdleFor(Duration time) {
        return readers == 0 && System.nanoTime() - readAt >= time.toNanos();
    }
}

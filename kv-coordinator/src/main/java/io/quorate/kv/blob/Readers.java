package io.quorate.kv.blob;

import io.quorate.kv.BlobStore.OpenBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who has which body open. Opening and removing one body exclude each other, so a file that was
 * found is there until it is closed. Safe for any thread.
 */
final class Readers {
    private final BlobFiles files;
    private final ConcurrentHashMap<UUID, Integer> open = new ConcurrentHashMap<>();

    Readers(BlobFiles files) {
        this.files = files;
    }

    /** Empty if the body's file is gone. */
    Optional<OpenBlob> open(UUID id) {
        Integer readers = open.compute(id, (same, count) -> {
            int before = count == null ? 0 : count;
            return before > 0 || files.exists(id) ? Integer.valueOf(before + 1) : null;
        });
        return readers == null ? Optional.empty() : Optional.of(new Pin(id));
    }

    /** Removes the file unless somebody has it open; says whether it is gone. */
    boolean remove(UUID id) throws IOException {
        IOException[] failure = new IOException[1];
        Integer left = open.compute(id, (same, count) -> {
            if (count == null) {
                failure[0] = delete(id);
            }
            return count;
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return left == null;
    }

    private @Nullable IOException delete(UUID id) {
        try {
            files.delete(id);
            return null;
        } catch (IOException failed) {
            return failed;
        }
    }

    private final class Pin implements OpenBlob {
        private final UUID id;
        private final AtomicBoolean closed = new AtomicBoolean();

        Pin(UUID id) {
            this.id = id;
        }

        @Override
        public Path path() {
            return files.path(id);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.computeIfPresent(id,
                        (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
            }
        }
    }
}

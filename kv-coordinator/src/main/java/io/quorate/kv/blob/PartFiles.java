package io.quorate.kv.blob;

import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The copies that arrive on this node, one of a body at a time. Safe for any thread. */
final class PartFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PartFiles.class);

    private final BlobFiles files;
    private final Executor executor;
    private final Scheduler scheduler;
    private final int most;
    private final Set<UUID> arriving = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param executor creates, writes and forces
     * @param most copies that may arrive at the same time
     */
    PartFiles(BlobFiles files, Executor executor, int most) {
        this.files = files;
        this.executor = executor;
        this.scheduler = Schedulers.fromExecutor(executor);
        this.most = most;
    }

    /** Where work on a part is done. */
    Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Opens a part, fills it, and closes it however that ends. Fails with
     * {@link KvFailure.Overloaded} if the same body is arriving already, or too many are.
     */
    Mono<Void> fill(UUID id, Function<PartFile, Mono<Void>> filling) {
        return Mono.usingWhen(Mono.fromSupplier(() -> reserve(id)),
                slot -> Mono.fromCallable(slot::open).subscribeOn(scheduler).flatMap(filling),
                this::close);
    }

    private Slot reserve(UUID id) {
        if (arriving.size() >= most || !arriving.add(id)) {
            throw new KvFailure.Overloaded("blob.copies").asException();
        }
        return new Slot(id);
    }

    private Mono<Void> close(Slot slot) {
        return Mono.<Void>create(sink -> {
            try {
                executor.execute(() -> {
                    slot.close();
                    sink.success();
                });
            } catch (RejectedExecutionException full) {
                slot.close();
                sink.success();
            }
        });
    }

    /** The right to write a part; a part that is opened too late is none. */
    private final class Slot {
        private final UUID id;
        private @Nullable PartFile part;
        private boolean closed;

        Slot(UUID id) {
            this.id = id;
        }

        synchronized PartFile open() throws IOException {
            if (closed) {
                throw new CancellationException();
            }
            PartFile opened = new PartFile(files, id);
            part = opened;
            return opened;
        }

        synchronized void close() {
            closed = true;
            try {
                if (part != null) {
                    part.close();
                }
            } catch (IOException failed) {
                LOG.warn("event=body-part-not-removed id={}", id, failed);
            } finally {
                arriving.remove(id);
            }
        }
    }
}

package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.DiskFailed;
import io.quorate.kv.raft.log.LogFailure.DiskFull;
import io.quorate.kv.raft.log.LogFailure.LogClosed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the log still works. Once it does not, it never does again. Thread-safe. */
final class LogHealth {

    private static final Logger LOG = LoggerFactory.getLogger(LogHealth.class);

    private final LogContext context;
    private final List<Consumer<Throwable>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable RaftLogException poison;
    private volatile boolean closed;

    LogHealth(LogContext context) {
        this.context = context;
    }

    /** Why nothing can be written any more, or null. */
    @Nullable
    RaftLogException refusal() {
        RaftLogException cause = poison;
        if (cause != null) {
            return new RaftLogException(cause.failure(), cause);
        }
        return closed ? new RaftLogException(new LogClosed()) : null;
    }

    /** @throws RaftLogException if nothing can be written any more */
    void check() {
        RaftLogException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
    }

    void close() {
        closed = true;
    }

    Optional<Throwable> poison() {
        return Optional.ofNullable(poison);
    }

    /** Remembers the first failure, tells everyone, and returns it. */
    RaftLogException poison(Throwable failure) {
        RaftLogException typed;
        synchronized (this) {
            RaftLogException earlier = poison;
            if (earlier != null) {
                return earlier;
            }
            typed = typed(failure);
            poison = typed;
        }
        LOG.error("raft log poisoned directory={} failure={}", context.directory(), typed.failure(),
                failure);
        for (Consumer<Throwable> listener : listeners) {
            tell(listener, typed);
        }
        return typed;
    }

    void onPoison(Consumer<Throwable> listener) {
        RaftLogException cause;
        synchronized (this) {
            listeners.add(listener);
            cause = poison;
        }
        if (cause != null) {
            tell(listener, cause);
        }
    }

    private static void tell(Consumer<Throwable> listener, RaftLogException cause) {
        try {
            listener.accept(cause);
        } catch (RuntimeException e) {
            LOG.error("poison listener failed listener={}", listener, e);
        }
    }

    private RaftLogException typed(Throwable failure) {
        return switch (failure) {
            case RaftLogException typed -> typed;
            case OutOfSpaceException full ->
                new RaftLogException(new DiskFull(context.directory(), freeBytes()), full);
            default -> new RaftLogException(new DiskFailed("write or force"), failure);
        };
    }

    private long freeBytes() {
        try {
            return context.files().freeBytes(context.directory());
        } catch (IOException e) {
            LOG.warn("free space unknown directory={}", context.directory(), e);
            return 0;
        }
    }
}

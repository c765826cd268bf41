package io.quorate.kv.raft.hazelcast;

import com.hazelcast.logging.AbstractLogger;
import com.hazelcast.logging.LogEvent;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What the engine says. Its tasks catch everything they throw and log it as severe, the only sign that a task was cut
 * short half way; such a sign poisons the group. The rest is detail for debugging: the host logs role changes itself.
 */
final class EngineLogger extends AbstractLogger {
    private final Logger log;
    private final Consumer<Throwable> poison;

    EngineLogger(Logger log, Consumer<Throwable> poison) {
        this.log = log;
        this.poison = poison;
    }

    @Override
    public void log(Level level, String message) {
        log.debug("engine says level={} text={}", level, message);
    }

    @Override
    public void log(Level level, String message, @Nullable Throwable thrown) {
        if (level.intValue() >= Level.SEVERE.intValue() && thrown != null
                && !(thrown instanceof SnapshotLater)) {
            poison.accept(thrown);
        }
        log.debug("engine says level={} text={}", level, message, thrown);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the interface
    public void log(LogEvent event) {
        log(event.getLogRecord().getLevel(), event.getLogRecord().getMessage(),
                event.getLogRecord().getThrown());
    }

    @Override
    public Level getLevel() {
        return log.isDebugEnabled() ? Level.INFO : Level.WARNING;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.intValue() >= getLevel().intValue();
    }
}

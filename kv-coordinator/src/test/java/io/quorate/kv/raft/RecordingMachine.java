package io.quorate.kv.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A state machine that remembers what it was told, in order, and refuses what a correct engine never does. What was
 * flushed survives {@link #crash()}, the rest is applied again from the log.
 */
public final class RecordingMachine implements StateMachine {
    /** One entry as it was applied; empty text for those without a command. */
    public record Applied(long index, long term, String text) {}

    private final List<Applied> history = new ArrayList<>();
    private int durable;
    private LongConsumer beforeApply = index -> {};
    private boolean answersWithException;

    @Override
    public synchronized long durableIndex() {
        return durable;
    }

    @Override
    public Object apply(long index, long term, byte[] entry) {
        beforeApply.accept(index);
        note(new Applied(index, term, new String(entry, StandardCharsets.UTF_8)));
        return answersWithException ? new IllegalStateException("as a value") : "applied@" + index;
    }

    @Override
    public void applyEmpty(long index, long term) {
        note(new Applied(index, term, ""));
    }

    private synchronized void note(Applied applied) {
        if (applied.index() != history.size() + 1) {
            throw new IllegalStateException(
                    "index " + applied.index() + " applied after " + history.size());
        }
        history.add(applied);
    }

    @Override
    public synchronized long flush() {
        durable = history.size();
        return durable;
    }

    @Override
    public synchronized long checkpoint(Path directory) throws IOException {
        List<String> lines = history.stream()
                .map(each -> each.index() + " " + each.term() + " " + each.text()).toList();
        Files.write(directory.resolve("history"), lines);
        return history.size();
    }

    @Override
    public synchronized void restore(Path directory) {
        try {
            history.clear();
            for (String line : Files.readAllLines(directory.resolve("history"))) {
                String[] parts = line.split(" ", 3);
                history.add(
                        new Applied(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
            }
            durable = history.size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Everything applied, first to last. */
    public synchronized List<Applied> history() {
        return List.copyOf(history);
    }

    /** The commands applied, first to last. */
    public List<String> commands() {
        return history().stream().map(Applied::text).filter(text -> !text.isEmpty()).toList();
    }

    /** Forgets what was not flushed. */
    public synchronized void crash() {
        history.subList(durable, history.size()).clear();
    }

    /** Called with every index before it is applied; may throw or wait. */
    public void beforeApply(LongConsumer hook) {
        beforeApply = hook;
    }

    /** Gives back an exception as if it were a result, which is a defect. */
    public void answerWithException() {
        answersWithException = true;
    }
}

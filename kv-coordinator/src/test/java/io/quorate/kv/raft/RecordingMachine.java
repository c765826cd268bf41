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

    /** Gives entries a meaning; called as they are applied, in their order. */
    public interface Interpreter {
        /** The result of the entry. */
        Object apply(Applied entry);

        /** Begins anew, after this history. */
        void reset(List<Applied> history);
    }

    private static final Interpreter NO_MEANING = new Interpreter() {
        @Override
        public Object apply(Applied entry) {
            return "applied@" + entry.index();
        }

        @Override
        public void reset(List<Applied> history) {}
    };

    private final List<Applied> history = new ArrayList<>();
    private int durable;
    private LongConsumer beforeApply = index -> {};
    private boolean answersWithException;
    private Interpreter meaning = NO_MEANING;
    private int unusable;

    @Override
    public synchronized long durableIndex() {
        return durable;
    }

    @Override
    public Object apply(long index, long term, byte[] entry) {
        beforeApply.accept(index);
        Applied applied = new Applied(index, term, new String(entry, StandardCharsets.UTF_8));
        note(applied);
        return answersWithException
                ? new IllegalStateException("as a value")
                : meaning.apply(applied);
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
    public synchronized void restore(Path directory) throws UnusableCheckpointException {
        if (unusable > 0) {
            unusable--;
            throw new UnusableCheckpointException(new IOException("as a test wants it"));
        }
        try {
            history.clear();
            for (String line : Files.readAllLines(directory.resolve("history"))) {
                String[] parts = line.split(" ", 3);
                history.add(
                        new Applied(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
            }
            durable = history.size();
            meaning.reset(history);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** So many checkpoints are found unusable. */
    public synchronized void refuseCheckpoints(int count) {
        unusable = count;
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
        meaning.reset(history);
    }

    /** Entries have this meaning from now on, those applied so far included. */
    public synchronized void interpret(Interpreter interpreter) {
        meaning = interpreter;
        interpreter.reset(history());
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

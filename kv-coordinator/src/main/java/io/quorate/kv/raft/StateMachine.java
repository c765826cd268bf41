package io.quorate.kv.raft;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a group's entries are applied to. All methods are called on the group's Raft thread unless
 * they say otherwise. Any exception poisons the group: a deterministic refusal is a value.
 */
public interface StateMachine {
    /**
     * The index up to which entries are applied and durable without the log, as found at open;
     * entries at or below it are skipped.
     */
    long durableIndex();

    /**
     * Applies an entry. Deterministic: the result depends on earlier entries and this one alone.
     *
     * @param index the log index, greater than that of every entry applied before
     * @param term the entry's term
     * @param entry the bytes as proposed
     * @return what the proposer's callback gets on the member that proposed it
     */
    Object apply(long index, long term, byte[] entry);

    /** Notes an entry without a command (a term's first entry, a membership change). */
    void applyEmpty(long index, long term);

    /**
     * Makes everything applied so far durable without the log. Any thread; blocks on the disk.
     *
     * @return the index up to which state is durable now
     */
    long flush() throws IOException;

    /**
     * Writes a consistent copy of the state into an empty directory. Any thread; blocks.
     *
     * @return the applied index of the copy
     */
    long checkpoint(Path directory) throws IOException;

    /**
     * Replaces the whole state by a checkpoint. Readers of the old state finish on it.
     *
     * @param directory holds the checkpoint; its files may be moved away
     * @throws UnusableCheckpointException if it cannot be opened; nothing has changed then. After any other failure the
     *         state is not to be used
     */
    void restore(Path directory) throws IOException;
}

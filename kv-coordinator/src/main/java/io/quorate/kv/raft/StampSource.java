package io.quorate.kv.raft;

/**
 * Gives the stamps of entries (hybrid logical clock values). The proposer calls it for one entry at
 * a time, in the order in which it proposes, and only while this member leads and has applied its
 * term's first entry; so stamps rise along the log as long as the source never goes back below what
 * was applied.
 */
@FunctionalInterface
public interface StampSource {
    /**
     * Reserves consecutive stamps, greater than all given or applied before.
     *
     * @param count how many, at least one
     * @return the first of them
     */
    long next(int count);
}

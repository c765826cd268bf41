package io.quorate.kv.mvcc;

/** Hears of every applied entry that changed rows, on the Raft thread; it must not block or throw. */
@FunctionalInterface
public interface CommitListener {
    /**
     * An entry was applied and its rows can be read.
     *
     * @param index its log index
     * @param routes the routes it wrote, each once, in ascending order; not to be changed
     */
    void committed(long index, int[] routes);

    /** The whole state was replaced by a later one: entries in between were not told. */
    default void replaced() {}

    /** Hears nothing. */
    static CommitListener none() {
        return (index, routes) -> {};
    }
}

package io.quorate.kv.raft.hazelcast;

/**
 * Runs a group's tasks one after the other, in the order in which they were handed over. Safe for any thread. Tasks
 * throw nothing: the host wraps them.
 */
interface GroupExecutor extends AutoCloseable {
    /** Enqueues a task of the host's own; there are few of them at any time, so none is refused. */
    void execute(Runnable task);

    /** Enqueues what came from outside, or refuses it when the inbox is full. */
    boolean offer(Runnable task);

    /** Enqueues a task after a delay. */
    void schedule(Runnable task, long delayMillis);

    /** Stops taking tasks; returns when the one that runs has ended, unless called by it. What waits is
     * dropped; a {@link ControlTask} is told so. */
    @Override
    void close();
}

package io.quorate.kv.node;

import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.txn.ReadPool;
import io.quorate.kv.txn.Turns;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of a node but for those that groups and the log keep for themselves.
 *
 * @param deadlines ends waits
 * @param reads reads that go to the disk
 * @param turns those whose turn has come after a wait
 * @param ticks hands what is due to the groups' threads
 * @param flushes makes state durable and takes checkpoints
 * @param loops the background loops
 * @param members whatever is asked about the membership
 */
record NodeThreads(DeadlineTimer deadlines, ReadPool reads, Turns turns,
        ScheduledExecutorService ticks, ExecutorService flushes, ScheduledExecutorService loops,
        ScheduledExecutorService members)
        implements
            AutoCloseable {

    static NodeThreads start(NodeSettings.Threads settings) {
        DeadlineTimer deadlines = new DeadlineTimer("kv-deadline");
        return new NodeThreads(deadlines,
                new ReadPool(settings.readers(), settings.readQueue(), named("kv-read-"),
                        deadlines),
                new Turns(settings.turns(), named("kv-turn-")),
                Executors.newSingleThreadScheduledExecutor(named("kv-ticks-")),
                Executors.newSingleThreadExecutor(named("kv-flush-")),
                Executors.newSingleThreadScheduledExecutor(named("kv-background-")),
                Executors.newSingleThreadScheduledExecutor(named("kv-members-")));
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix, 0).factory();
    }

    @Override
    public void close() {
        loops.shutdownNow();
        members.shutdownNow();
        ticks.shutdownNow();
        flushes.shutdown();
        reads.close();
        turns.close();
        deadlines.close();
    }
}

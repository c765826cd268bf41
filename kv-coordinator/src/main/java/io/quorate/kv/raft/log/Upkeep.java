package io.quorate.kv.raft.log;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done beside the writing, by one thread of its own: old segments go, free space is looked at, and an idle log
 * gets a mark that claims its last batch.
 */
final class Upkeep implements Runnable {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final SegmentSupply supply;
    private final Reclamation reclamation;
    private final GroupCommit commit;
    private final LogHealth health;
    private final LogContext context;
    private final Ticket ticket = new Ticket(new RecordBuffer(0));
    private volatile boolean lowOnSpace;
    private long commitsSeen;
    private long commitsMarked;

    Upkeep(SegmentSupply supply, Reclamation reclamation, GroupCommit commit, LogHealth health,
            LogContext context) {
        this.supply = supply;
        this.reclamation = reclamation;
        this.commit = commit;
        this.health = health;
        this.context = context;
    }

    boolean isLowOnSpace() {
        return lowOnSpace;
    }

    @Override
    public void run() {
        try {
            while (health.refusal() == null) {
                once();
                if (!supply.awaitWork(EVERY_NANOS)) {
                    markIfIdle();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            health.poison(e);
        } catch (IOException | RuntimeException e) {
            if (health.refusal() == null) {
                health.poison(e);
            } else {
                LOG.debug("raft log upkeep ends directory={}", context.directory(), e);
            }
        }
    }

    /** One round of everything. */
    void once() throws IOException {
        checkSpace();
        reclamation.run();
    }

    void checkSpace() throws IOException {
        long free = context.files().freeBytes(context.directory());
        boolean low = free < context.settings().minimumFreeBytes();
        if (low != lowOnSpace) {
            lowOnSpace = low;
            LOG.warn("raft log disk space directory={} low={} freeBytes={}", context.directory(),
                    low, free);
            context.listener().spaceLow(low, free);
        }
    }

    /** If nothing was written since the last call, and that is not a mark already, leaves a mark. */
    void markIfIdle() {
        commit.exclusively(ticket, tail -> {
            long commits = tail.commits();
            if (commits == commitsSeen && commits != commitsMarked) {
                tail.mark();
                commitsMarked = tail.commits();
            }
            commitsSeen = tail.commits();
        });
    }
}

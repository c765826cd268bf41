package io.quorate.kv.node;

import io.quorate.kv.KvFailure;
import io.quorate.kv.txn.WriteGate;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the node's disk, log and state still work. A stop is for good: only a new process knows what
 * really is on the disk. Little space is not: writes are refused until there is more. Safe for any
 * thread.
 */
final class NodeCondition implements WriteGate {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCondition.class);
    private static final Optional<KvFailure> FULL = Optional.of(new KvFailure.DiskFull());

    private final BooleanSupplier lowOnSpace;
    private final Consumer<String> failStop;
    private volatile Optional<Stop> stop = Optional.empty();

    /**
     * Why the node stopped.
     *
     * @param failure what writers are told
     * @param sentence what operators are told
     */
    record Stop(KvFailure failure, String sentence) {}

    /**
     * Makes the condition of a node that starts.
     *
     * @param lowOnSpace whether the disk is nearly full now
     * @param failStop told of a stop, on a thread of its own: ending the process joins others
     */
    NodeCondition(BooleanSupplier lowOnSpace, Consumer<String> failStop) {
        this.lowOnSpace = lowOnSpace;
        this.failStop = failStop;
    }

    /** The log or a group's state has failed. The first cause counts. */
    void stopped(KvFailure failure, String sentence) {
        synchronized (this) {
            if (stop.isPresent()) {
                return;
            }
            stop = Optional.of(new Stop(failure, sentence));
        }
        LOG.error("node stopped writing failure={} reason={}", failure, sentence);
        Thread.ofPlatform().daemon().name("kv-fail-stop").start(() -> failStop.accept(sentence));
    }

    /** This node is a member no more. */
    void removed() {
        stopped(new KvFailure.Poisoned("the node was removed from its cluster"),
                "this node was removed from its cluster; empty its data directory to let it join"
                        + " again");
    }

    Optional<Stop> stop() {
        return stop;
    }

    boolean isLowOnSpace() {
        return lowOnSpace.getAsBoolean();
    }

    @Override
    public Optional<KvFailure> refusal() {
        Optional<Stop> cause = stop;
        if (cause.isPresent()) {
            return cause.map(Stop::failure);
        }
        return lowOnSpace.getAsBoolean() ? FULL : Optional.empty();
    }
}

package io.quorate.kv.node;

import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.mvcc.CommitListener;

/**
 * Wakes those who wait for commits, as they are applied here.
 *
 * @param watch knows who waits
 */
record WakingListener(RouteCommitWatch watch) implements CommitListener {
    @Override
    public void committed(long index, int[] routes) {
        for (int route : routes) {
            watch.committed(route);
        }
    }

    @Override
    public void replaced() {
        watch.missedSome();
    }
}

package io.quorate.gateway.campaign;

import static org.awaitility.Awaitility.await;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first answer to a call is lost on its way, so the client tries again, while leaders are killed and hand over: what
 * was asked happens once. Calls of all kinds are made at the same time, each kind by one client after another.
 */
class LostAnswerIT extends Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(LostAnswerIT.class);
    /** Calls of each kind that are answered between two changes of the leader. */
    private static final int CALLS_A_LEADER = 25;

    @Test
    void fiftyRetriedCallsOfEachKindAreAppliedOnce() throws Exception {
        retry(50);
    }

    @Test
    @Tag("slow")
    @Timeout(1_800)
    void aThousandRetriedCallsOfEachKindAreAppliedOnceAcrossLeaderChanges() throws Exception {
        retry(Integer.getInteger("campaign.retries", 1_000));
    }

    private void retry(int calls) throws Exception {
        ClusterNode entry = cluster().nodes().get(0);
        Map<String, Function<ClusterNode, RetriedCall>> kinds = Map.of(
                "PutItem ALL_OLD", RetriedItems::puts, "UpdateItem ADD", RetriedItems::additions,
                "TransactWriteItems with a token", RetriedItems::transactions,
                "SendMessage", RetriedMessages::standard,
                "SendMessage FIFO", RetriedMessages::fifo,
                "PutObject If-None-Match", RetriedObjects::new, "Kv Append", RetriedAppends::new);
        Map<String, RetriedCall> open = new LinkedHashMap<>();
        try {
            kinds.forEach((name, kind) -> open.put(name, kind.apply(entry)));
            int changes = callAcrossLeaders(entry, open, calls);
            open.forEach((name, kind) -> {
                kind.assertAppliedOnce(calls);
                LOG.info("applied once kind {} calls {} leader_changes {}", name, calls, changes);
            });
        } finally {
            open.values().forEach(RetriedCall::close);
        }
    }

    /** Makes all calls, and returns how often the leader was changed while they were made. */
    private int callAcrossLeaders(ClusterNode entry, Map<String, RetriedCall> kinds, int calls)
            throws InterruptedException, ExecutionException {
        Map<String, AtomicInteger> done = new LinkedHashMap<>();
        Map<String, Future<?>> callers = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
        try {
            kinds.forEach((name, kind) -> {
                AtomicInteger answered = new AtomicInteger();
                done.put(name, answered);
                callers.put(name, threads.submit(() -> {
                    for (int call = 0; call < calls; call++) {
                        kind.call(call);
                        answered.incrementAndGet();
                    }
                }));
            });
            int changes = 0;
            for (int next = CALLS_A_LEADER; next < calls; next += CALLS_A_LEADER) {
                awaitAnswered(done, callers, next);
                for (Future<?> caller : callers.values()) {
                    if (caller.isDone()) {
                        caller.get();
                    }
                }
                changeLeader(entry, changes++);
            }
            for (Future<?> caller : callers.values()) {
                caller.get();
            }
            return changes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitAnswered(Map<String, AtomicInteger> done,
            Map<String, Future<?>> callers, int calls) {
        await(calls + " calls of each kind").atMost(ClusterProcesses.PATIENCE.multipliedBy(2))
                .until(() -> done.values().stream().allMatch(count -> count.get() >= calls)
                        || callers.values().stream()
                                .anyMatch(caller -> caller.state() == Future.State.FAILED));
    }

    /** Kills whoever leads, or lets it hand over; the entry, which the calls go through, is never killed. */
    private void changeLeader(ClusterNode entry, int change) {
        ClusterNode leader = cluster().awaitLeader();
        if (leader == entry || change % 2 == 1) {
            cluster().transfer(cluster().others(leader).get(change / 2 % 2));
            return;
        }
        leader.killNine();
        ClusterNode unused = cluster().awaitLeader(cluster().others(leader));
        cluster().start(leader);
        cluster().awaitReady();
    }
}

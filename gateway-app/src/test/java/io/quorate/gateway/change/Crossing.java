package io.quorate.gateway.change;

import io.quorate.gateway.campaign.ClusterNode;
import io.quorate.gateway.campaign.ClusterProcesses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cases across one change of the leader, through a node that does not lead: of each, one call is under way when the
 * change begins, and one is made as soon as it has begun. For one thread.
 */
final class Crossing {
    private static final Logger LOG = LoggerFactory.getLogger(Crossing.class);
    private static final int PREPARING = 8;
    /** A call's three attempts take less. */
    private static final int PATIENCE_SECONDS = 120;

    private final ClusterProcesses cluster;
    private final LeaderChange change;
    private final Map<String, List<Trial<?, ?>>> trials = new LinkedHashMap<>();

    private Crossing(ClusterProcesses cluster, LeaderChange change) {
        this.cluster = cluster;
        this.change = change;
    }

    /** Drives all cases; what they were answered is kept with the trials, by service and title. */
    static Map<String, List<Trial<?, ?>>> of(ClusterProcesses cluster, LeaderChange change,
            List<ActionCases> all) throws InterruptedException {
        Crossing crossing = new Crossing(cluster, change);
        ClusterNode leader = cluster.awaitLeader();
        ClusterNode entry = cluster.others(leader).getFirst();
        try (Sdk sdk = Sdk.of(entry.clients());
                ExecutorService callers = Executors.newCachedThreadPool()) {
            crossing.prepare(sdk, all);
            crossing.cross(sdk, callers, leader, entry);
        }
        return crossing.trials;
    }

    private void prepare(Sdk sdk, List<ActionCases> all) throws InterruptedException {
        Map<String, List<Future<Trial<?, ?>>>> prepared = new LinkedHashMap<>();
        try (ExecutorService makers = Executors.newFixedThreadPool(PREPARING)) {
            for (ActionCases cases : all) {
                for (ActionCase<?, ?> one : cases.cases()) {
                    prepared.put(cases.service() + " " + one.title(),
                            List.of(makers.submit(() -> one.trial(sdk, id(one, "before"))),
                                    makers.submit(() -> one.trial(sdk, id(one, "during")))));
                }
            }
            for (Map.Entry<String, List<Future<Trial<?, ?>>>> each : prepared.entrySet()) {
                List<Trial<?, ?>> made = new ArrayList<>();
                for (Future<Trial<?, ?>> trial : each.getValue()) {
                    made.add(await("preparing " + each.getKey(), trial));
                }
                trials.put(each.getKey(), made);
            }
        }
    }

    private void cross(Sdk sdk, ExecutorService callers, ClusterNode leader, ClusterNode entry)
            throws InterruptedException {
        CountDownLatch calling = new CountDownLatch(trials.size());
        CountDownLatch changing = new CountDownLatch(1);
        List<Future<?>> calls = new ArrayList<>();
        for (List<Trial<?, ?>> both : trials.values()) {
            calls.add(callers.submit(() -> {
                calling.countDown();
                both.get(0).call(sdk);
                changing.await();
                both.get(1).call(sdk);
                return null;
            }));
        }
        calling.await();
        long began = System.nanoTime();
        change.happen(cluster, leader, entry, changing);
        long changed = System.nanoTime();
        for (Future<?> call : calls) {
            var unused = await("a call", call);
        }
        LOG.info("change {} cases {} took_ms {} calls_took_ms {}", change, trials.size(),
                TimeUnit.NANOSECONDS.toMillis(changed - began),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        change.repair(cluster, leader);
    }

    private String id(ActionCase<?, ?> one, String when) {
        return (one.title() + "-" + when + "-" + change).toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }

    private static <T> T await(String what, Future<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(what, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(what + " does not end", e);
        }
    }
}

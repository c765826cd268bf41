package io.quorate.kv.blob;

import io.quorate.kv.Condition;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Brings to this node the bodies that its groups' rows name and that it misses, and puts it down as a
 * holder where a body's holders are no majority of the members (after a change of them). A pass that
 * fails is skipped, and no pass starts while one runs.
 */
final class BodyRepair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyRepair.class);
    /** Between two pages of rows. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Placement placement;
    private final BodyGroups groups;
    private final BlobFiles files;
    private final BodyFetcher fetcher;
    private final BlobRows rows;
    private final Scheduler disk;
    private final Scheduler timer;
    private final BlobSettings settings;
    private @Nullable Disposable loop;

    /**
     * What a repair works with.
     *
     * @param disk where files are looked at
     * @param timer paces it
     */
    record Means(BlobFiles files, BodyFetcher fetcher, BlobRows rows, Scheduler disk,
            Scheduler timer, BlobSettings settings) {}

    BodyRepair(Placement placement, BodyGroups groups, Means means) {
        this.placement = placement;
        this.groups = groups;
        this.files = means.files();
        this.fetcher = means.fetcher();
        this.rows = means.rows();
        this.disk = means.disk();
        this.timer = means.timer();
        this.settings = means.settings();
    }

    void start() {
        loop = Mono.delay(settings.copying().repairInterval(), timer).then(pass()).repeat()
                .subscribe();
    }

    /** One pass over every group; emits how many bodies it brought here. */
    Mono<Long> pass() {
        return Flux.defer(() -> Flux.fromIterable(groups.routes())).concatMap(this::group)
                .reduce(0L, Long::sum)
                .onErrorResume(failed -> {
                    LOG.info("event=body-repair-skipped cause={}", failed.toString());
                    return Mono.just(0L);
                });
    }

    private Mono<Long> group(int route) {
        return placement.members(route).flatMap(recorded -> {
            if (isAlone(recorded.members(), route)) {
                return Mono.just(0L);
            }
            return rows.all(route, PAUSE, timer)
                    .flatMap(found -> repair(recorded, found), settings.copying().repairs())
                    .filter(brought -> brought).count();
        });
    }

    private boolean isAlone(BodyMembers members, int route) {
        List<String> self = List.of(groups.self());
        return groups.voters(route).equals(self) && members.nodes().equals(self);
    }

    /** Emits whether the body was missing and is here now; one that cannot be had is left for later. */
    private Mono<Boolean> repair(Placement.Recorded recorded, BlobRows.Found found) {
        if (!(found.row() instanceof BlobRow.Live live)) {
            return Mono.just(false);
        }
        return Mono.fromCallable(() -> files.length(found.id()) != live.length())
                .subscribeOn(disk)
                .flatMap(missing -> (missing
                        ? fetcher.fetch(found.id(), live,
                                sources(recorded.members(), live, groups.self()))
                        : Mono.<Void>empty())
                        .then(Mono.defer(() -> putDown(recorded, found, live)))
                        .thenReturn(missing))
                .onErrorResume(failed -> {
                    LOG.info("event=body-not-repaired id={} cause={}", found.id(),
                            failed.toString());
                    return Mono.just(false);
                });
    }

    private Mono<Void> putDown(Placement.Recorded recorded, BlobRows.Found found,
            BlobRow.Live live) {
        BodyMembers members = recorded.members();
        String self = groups.self();
        if (members.covers(live) || !members.contains(self)
                || members.holding(live).contains(self)) {
            return Mono.empty();
        }
        return placement.commit(Transaction
                .of(new Mutation.Put(found.key(), members.withHolder(live, self).encode()))
                .require(List.of(new Condition.VersionIs(found.key(), found.version()),
                        new Condition.VersionIs(
                                BlobKeys.members(BlobKeys.routeOf(found.id())),
                                recorded.version()))));
    }

    /** Whom to ask for a body: those who are known to hold it, then everybody else. */
    static List<String> sources(BodyMembers members, BlobRow.Live row, String self) {
        Set<String> sources = new LinkedHashSet<>(members.holding(row));
        sources.addAll(row.holders());
        sources.addAll(members.nodes());
        sources.remove(self);
        return List.copyOf(sources);
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.dispose();
        }
    }
}

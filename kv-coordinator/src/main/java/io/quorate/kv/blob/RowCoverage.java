package io.quorate.kv.blob;

import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@link BodyCoverage} from the bodies' rows. */
final class RowCoverage implements BodyCoverage {
    private static final Logger LOG = LoggerFactory.getLogger(RowCoverage.class);
    /** Between two looks at all rows, while the members repair what they miss. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Placement placement;
    private final BlobRows rows;
    private final Scheduler timer;
    /** Of the one change of the members that runs at a time. */
    private volatile Optional<Report> seen = Optional.empty();

    RowCoverage(Placement placement, BlobRows rows, Scheduler timer) {
        this.placement = placement;
        this.rows = rows;
        this.timer = timer;
    }

    @Override
    public Mono<Void> settle(int route, List<String> voters) {
        return change(route, members -> members.following(voters)).then(awaitCovered(route));
    }

    @Override
    public Mono<Void> retire(int route, List<String> voters, String node) {
        return settle(route, voters).then(change(route, members -> members.without(node)))
                .then(awaitCovered(route));
    }

    @Override
    public Mono<Void> keep(int route, List<String> voters, String node) {
        return change(route, members -> members.keeping(node).following(voters));
    }

    @Override
    public Mono<Report> report(int route) {
        return placement.members(route).flatMap(recorded -> rows.all(route, Duration.ZERO, timer)
                .map(BlobRows.Found::row).ofType(BlobRow.Live.class)
                .reduce(new Report(recorded.members().configuration(), recorded.members().nodes(),
                        0, 0), (report, row) -> count(report, recorded.members().covers(row))));
    }

    @Override
    public Optional<Report> waitsFor() {
        return seen;
    }

    private static Report count(Report report, boolean covered) {
        return new Report(report.configuration(), report.members(), report.live() + 1,
                report.uncovered() + (covered ? 0 : 1));
    }

    private Mono<Void> change(int route, UnaryOperator<BodyMembers> step) {
        return placement.members(route).flatMap(recorded -> {
            BodyMembers next = step.apply(recorded.members());
            if (next.members().isEmpty()) {
                return Mono.error(new KvFailure.Refused("a group has members").asException());
            }
            // The founders are put down too: who follows them is a change only then.
            boolean put = recorded.version() == Versioned.ABSENT
                    || !next.equals(recorded.members());
            return put ? commit(route, recorded, next) : Mono.empty();
        });
    }

    private Mono<Void> commit(int route, Placement.Recorded recorded, BodyMembers next) {
        var row = BlobKeys.members(route);
        return placement.commit(Transaction.of(new Mutation.Put(row, next.encode()))
                .require(List.of(new Condition.VersionIs(row, recorded.version()))))
                .doOnSuccess(nothing -> LOG.info(
                        "event=body-members-changed route={} configuration={} members={} leaving={}",
                        route, next.configuration(), next.nodes(), next.leaving()));
    }

    private Mono<Void> awaitCovered(int route) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            return report(route).expand(report -> report.uncovered() == 0
                    ? Mono.empty()
                    : again(route, deadline))
                    .doOnNext(report -> seen = Optional.of(report))
                    .doFinally(end -> seen = Optional.empty()).then();
        });
    }

    private Mono<Report> again(int route, Deadline deadline) {
        return deadline.remaining().compareTo(LOOK_AGAIN) < 0
                ? Mono.error(new KvFailure.DeadlineExceeded().asException())
                : report(route).delaySubscription(LOOK_AGAIN, timer);
    }
}

package io.quorate.kv.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.leader.ForwardListener;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The meters of requests that leave this node for a leader. */
final class ForwardMeters implements ForwardListener {
    private final Map<Kind, Map<Outcome, Timer>> tries = new EnumMap<>(Kind.class);
    private final Map<Kind, Counter> refused = new EnumMap<>(Kind.class);
    private final Counter opened;
    private final Timer rounds;
    private final DistributionSummary roundCallers;
    private final Counter readsAtLeader;

    ForwardMeters(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            Map<Outcome, Timer> ofKind = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                ofKind.put(outcome, Timer.builder("quorate.forward.try")
                        .description("requests to a leader on another node")
                        .tag("kind", name(kind)).tag("outcome", name(outcome))
                        .register(registry));
            }
            tries.put(kind, ofKind);
            refused.put(kind, Counter.builder("quorate.forward.refused")
                    .description("requests refused because the leader does not answer")
                    .tag("kind", name(kind)).register(registry));
        }
        opened = Counter.builder("quorate.forward.breaker.opened")
                .description("times a leader was found not to answer").register(registry);
        rounds = Timer.builder("quorate.readindex.round")
                .description("requests for a leader's read index").register(registry);
        roundCallers = DistributionSummary.builder("quorate.readindex.callers")
                .description("readers that shared one request").register(registry);
        readsAtLeader = Counter.builder("quorate.read.at.leader")
                .description("reads done by the leader because this replica lags")
                .register(registry);
    }

    @Override
    public void tried(Kind kind, Outcome outcome, long nanos) {
        Map<Outcome, Timer> ofKind = tries.getOrDefault(kind, Map.of());
        Timer timer = ofKind.get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void breakerOpened(String leader, int group) {
        opened.increment();
    }

    @Override
    public void refusedByBreaker(Kind kind) {
        Counter counter = refused.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void readIndexRound(int callers, long nanos) {
        rounds.record(nanos, TimeUnit.NANOSECONDS);
        roundCallers.record(callers);
    }

    @Override
    public void readAtLeader() {
        readsAtLeader.increment();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

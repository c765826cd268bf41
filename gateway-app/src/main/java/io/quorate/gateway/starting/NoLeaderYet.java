package io.quorate.gateway.starting;

import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderProbe;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A node without groups leads nothing, and knows it at once. Stateless. */
public final class NoLeaderYet implements LeaderProbe {
    @Override
    public Mono<Void> verifyLeader() {
        return none();
    }

    @Override
    public Mono<Void> verifyLeaderFor(Key key) {
        return none();
    }

    @Override
    public Mono<Void> verifyLeaderOf(int groupId) {
        return none();
    }

    private static Mono<Void> none() {
        return Mono.error(() -> new KvFailure.NoLeader().asException());
    }

    @Override
    public Optional<String> knownLeader(int groupId) {
        return Optional.empty();
    }
}
